"""Words in the user's language: errors and the command line here, the desk through Qt Linguist files beside them."""
