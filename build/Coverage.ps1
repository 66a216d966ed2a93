# Measures which lines of src the tests of .NET and the Pester suite execute, by folder. Takes about half an hour.
param([string] $Configuration = 'Debug')

$root = Split-Path $PSScriptRoot
$results = "$root/out/coverage"
if (Test-Path $results) { Remove-Item $results -Recurse }

Push-Location $root
try {
    # The staged module has no symbols beside it.
    dotnet build LangSmithPg.sln --no-incremental --configuration $Configuration --verbosity quiet --property:Coverage=true --property:DebugType=embedded
    $module = (Get-Item "$root/out/LangSmithPg/*/LangSmithPg.psd1").Directory
    foreach ($tests in Get-ChildItem "$root/tests" -Directory -Filter '*.Tests') {
        # What fails here fails in the task Test too, and is told there.
        $PSNativeCommandUseErrorActionPreference = $false
        dotnet test --project $tests.FullName --configuration $Configuration --no-build --no-progress --explicit on `
            --results-directory "$results/$($tests.Name)" --coverlet --coverlet-single-hit --coverlet-output-format json `
            --coverlet-include '[LangSmithPg]*' --coverlet-include '[LangSmithPg.Core]*' --coverlet-include '[LangSmithPg.Postgres]*' `
            --coverlet-include '[LangSmithPg.Yaml]*' --coverlet-include '[LangSmithPg.Cloud]*' `
            "--coverlet-include-directory=$($module.FullName)" "--coverlet-include-directory=$($module.FullName)/dependencies" |
            Select-Object -Last 12
    }
}
finally { Pop-Location }

# A line is covered where any of the runs executed it.
$lines = @{}
foreach ($report in Get-ChildItem $results -Recurse -Filter '*.json') {
    foreach ($files in (Get-Content $report -Raw | ConvertFrom-Json -AsHashtable).Values) {
        foreach ($file in $files.GetEnumerator()) {
            foreach ($line in $file.Value.Values.Values.Lines.ForEach({ $_.GetEnumerator() })) {
                $key = "$($file.Key):$($line.Key)"
                $lines[$key] = $lines[$key] -or $line.Value -gt 0
            }
        }
    }
}

$folders = $lines.GetEnumerator() | Group-Object {
    $path = [IO.Path]::GetRelativePath("$root/src", $_.Key.Substring(0, $_.Key.LastIndexOf(':'))).Replace('\', '/')
    (Split-Path $path).Replace('\', '/') -split '/' | Select-Object -First 3 | Join-String -Separator '/'
}
$rows = foreach ($folder in $folders | Where-Object Name -NotMatch '^\.\.|/obj') {
    $covered = $folder.Group.Where({ $_.Value }).Count
    [pscustomobject]@{ Folder = $folder.Name; Lines = $folder.Count; Covered = $covered; Percent = [Math]::Round(100 * $covered / $folder.Count, 1) }
}
$rows = $rows | Sort-Object Folder
$rows | Export-Csv "$results/folders.csv"
$rows | Format-Table
$total = ($rows | Measure-Object Lines -Sum).Sum
"Coverage: {0:0.0} % of {1} lines" -f (100 * ($rows | Measure-Object Covered -Sum).Sum / $total), $total
