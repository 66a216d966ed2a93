# Removes what the other tasks made.

$root = Split-Path $PSScriptRoot
Get-ChildItem "$root/src", "$root/tests" -Recurse -Directory -Include bin, obj, TestResults | Remove-Item -Recurse -Force
Remove-Item "$root/out" -Recurse -Force -ErrorAction Ignore
