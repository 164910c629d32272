"""Hostile submissions, made by a script: at least three for each class of attack.

``python tests/course/hostile/make.py FOLDER`` writes them all. They run only in the sandbox.
"""
