"""National goals and analysis rules, read from YAML."""
