"""Commands of the clients app."""
