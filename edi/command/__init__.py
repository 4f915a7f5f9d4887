"""The command line of edi: `python -m edi read|check|show FILE` and `python -m edi write FILE.json`."""
