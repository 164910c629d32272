"""Headless part of the course: checks, answers, claims, building, grading, progress, workspace."""
