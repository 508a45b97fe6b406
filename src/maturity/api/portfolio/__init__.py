"""TELLS, of many projects: `maturity batch` from its paths to its folder."""
