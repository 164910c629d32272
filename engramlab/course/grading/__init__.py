"""The teacher's side: a folder of submissions becomes results, a gradebook and pages of feedback.

`batch` is the command, `marking` marks one submission, `submissions` finds them and `runner` holds
the line to the process that runs a learner's code (`course.child`), which `sandbox` or `bubblewrap`
starts. `results` keeps what came out; `marks` counts in what the teacher enters, and `gradebook`,
`feedback` and `export` are made from both.
"""
