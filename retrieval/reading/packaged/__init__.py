"""Documents that are ZIP archives of XML: word processors' documents and e-books."""
