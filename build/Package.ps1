# Makes out/package/LangSmithPg.<version>.nupkg from a Release build, for Publish-PSResource -NupkgPath.
# The module that it holds lies beside it, for Publish-PSResource -Path. The same sources give the same bytes.

$root = Split-Path $PSScriptRoot
$target = "$root/out/package"
$manifest = Import-PowerShellDataFile "$root/LangSmithPg.psd1"
$version = $manifest.ModuleVersion
$module = "$target/LangSmithPg/$version"
$project = "$root/src/LangSmithPg/LangSmithPg.csproj"

# What an earlier build left stays out.
Remove-Item $target -Recurse -Force -ErrorAction Ignore
dotnet build $project --configuration Release "-p:ModuleFolder=$target/"

# 1. Nothing is in it but what package/files.txt names, and all of that.
$expected = Get-Content "$root/package/files.txt"
$staged = Get-ChildItem $module -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($module, $_.FullName).Replace('\', '/') }
$differences = @(
    Compare-Object $expected $staged | ForEach-Object { ($_.SideIndicator -eq '<=' ? 'missing: ' : 'not in package/files.txt: ') + $_.InputObject }
)
if ($differences) { throw "The module's files are not those of package/files.txt:`n$($differences -join "`n")" }

# 2. The manifest is in order, and no file of ours names a folder of this machine.
$null = Test-ModuleManifest "$module/LangSmithPg.psd1" -WarningAction Stop
foreach ($library in Get-ChildItem $module -Recurse -Filter 'LangSmithPg*.dll') {
    $bytes = [IO.File]::ReadAllBytes($library)
    foreach ($encoding in [Text.Encoding]::UTF8, [Text.Encoding]::Unicode) {
        if ($encoding.GetString($bytes).Contains($root)) { throw "$($library.Name) names the folder that it was built in." }
    }
}

# 3. The package, described by the manifest. The gallery finds cmdlets by their tags.
$data = $manifest.PrivateData.PSData
$tags = @('PSModule') + $data.Tags + 'PSIncludes_Cmdlet' + $manifest.CmdletsToExport.ForEach({ "PSCmdlet_$_"; "PSCommand_$_" })
$text = { [Security.SecurityElement]::Escape($args[0]) }
$files = $expected | ForEach-Object { "    <file src=`"$_`" target=`"$_`" />" }
Set-Content "$target/LangSmithPg.nuspec" -NoNewline -Value @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/10/nuspec.xsd">
  <metadata>
    <id>LangSmithPg</id>
    <version>$version</version>
    <authors>$(& $text $manifest.Author)</authors>
    <owners>$(& $text $manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <licenseUrl>$(& $text $data.LicenseUri)</licenseUrl>
    <projectUrl>$(& $text $data.ProjectUri)</projectUrl>
    <icon>icon.png</icon>
    <description>$(& $text $manifest.Description)</description>
    <releaseNotes>$(& $text $data.ReleaseNotes)</releaseNotes>
    <copyright>$(& $text $manifest.Copyright)</copyright>
    <tags>$(& $text ($tags -join ' '))</tags>
  </metadata>
  <files>
$($files -join "`n")
  </files>
</package>
"@

# Every entry bears one time, 2000-01-01: when it was packed says nothing. What NuGet warns of is not how PowerShell packs modules.
dotnet pack $project --configuration Release --no-build --output $target `
    "-p:ModuleFolder=$target/" "-p:NuspecFile=$target/LangSmithPg.nuspec" "-p:NuspecBasePath=$module" `
    -p:DeterministicTimestamp=946684800 -p:NoPackageAnalysis=true '-p:NoWarn=NU5125%3BNU5048'
Remove-Item "$target/LangSmithPg.nuspec"

$package = Get-Item "$target/LangSmithPg.$version.nupkg"
'{0}: {1} files, {2:N1} MB, SHA-256 {3}' -f $package.FullName, $expected.Count, ($package.Length / 1MB), (Get-FileHash $package).Hash
