"""The report as HTML: templates over views, with one style sheet and a script that nothing depends on."""
