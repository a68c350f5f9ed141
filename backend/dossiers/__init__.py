"""Dossiers: where one stands, told to who knows its code and the last digits of the phone on it."""
