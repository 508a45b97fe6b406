"""TELLS, of many projects: `maturity batch` by the set engine."""
