"""A run or a study in other programs' formats: REFI-QDA, spreadsheet, Parquet and CSV, pictures, methods appendix."""
