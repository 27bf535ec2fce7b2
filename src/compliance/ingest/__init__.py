"""Stage 1 of 5: file → Document. A room a format (pdf, docx, html, lines), and the profile of what was read."""
