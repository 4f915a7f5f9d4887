"""The HTTP side of the sandbox: Stedi's API for those who send, and control pages for whoever runs it."""
