"""The analysts' desk: Datasette on the database, with our words, questions, dashboards and map."""
