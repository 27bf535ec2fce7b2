"""What a report says, as data: HTML, a spreadsheet, notes in a PDF and comments in a Word file all show these."""
