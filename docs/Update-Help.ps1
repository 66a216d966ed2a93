#Requires -Version 7.4
<#
.SYNOPSIS
Brings the pages in docs/en-US up to date with the cmdlets, and makes the help file that Get-Help reads from them.
.DESCRIPTION
The text of the pages is written by hand and kept. Syntax, types, aliases and parameter sets come from the built module.
Needs Microsoft.PowerShell.PlatyPS 1.0. Running it twice changes nothing.
#>
[CmdletBinding()]
param(
    # The built module.
    [Parameter(Mandatory)]
    [string] $Manifest,

    # The folder with the pages; they are changed in place.
    [string] $Pages = "$PSScriptRoot/en-US",

    # The file for Get-Help.
    [string] $HelpFile = "$PSScriptRoot/../en-US/LangSmithPg.dll-Help.xml"
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS | Where-Object Version -GE '1.0')) {
    throw 'The help was not brought up to date: Microsoft.PowerShell.PlatyPS 1.0 is not installed (Install-PSResource Microsoft.PowerShell.PlatyPS).'
}

Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0

# Without the help that it brings: PlatyPS would add its text to that of the pages.
function Import-Helpless {
    $copy = Join-Path ([IO.Path]::GetTempPath()) "langsmithpg-help-$([guid]::NewGuid())/LangSmithPg"
    $null = New-Item -ItemType Directory -Path $copy
    Get-ChildItem (Split-Path $Manifest) -Exclude en-US | Copy-Item -Destination $copy -Recurse
    Import-Module "$copy/LangSmithPg.psd1" -Force -PassThru
}

# No date, which would change from day to day, and the same line ends everywhere.
function Format-Page([string] $Path) {
    $text = (Get-Content -LiteralPath $Path -Raw) -replace '\r\n', "`n" -replace '(?m)^ms\.date: .*\n', '' -replace '(?m)[ \t]+$', ''
    Set-Content -LiteralPath $Path -Value "$($text.TrimEnd())`n" -NoNewline
}

# What PlatyPS leaves out of MAML or writes so that Get-Help shows it badly.
function Format-HelpFile([string] $Path, $Commands) {
    $maml, $command, $dev = 'http://schemas.microsoft.com/maml/2004/10', 'http://schemas.microsoft.com/maml/dev/command/2004/10', 'http://schemas.microsoft.com/maml/dev/2004/10'
    $xml = [xml]::new()
    $xml.Load($Path)
    $names = [System.Xml.XmlNamespaceManager]::new($xml.NameTable)
    $names.AddNamespace('maml', $maml)
    $names.AddNamespace('command', $command)
    $names.AddNamespace('dev', $dev)
    foreach ($one in $xml.SelectNodes('//command:command', $names)) {
        $page = $Commands | Where-Object Title -EQ $one.SelectSingleNode('command:details/command:name', $names).InnerText
        $examples = @($one.SelectNodes('command:examples/command:example', $names))
        for ($index = 0; $index -lt $examples.Count; $index++) {
            Split-Example $examples[$index] $page.Examples[$index] $names
        }

        foreach ($parameter in $one.SelectNodes('command:parameters/command:parameter', $names)) {
            $described = $page.Parameters | Where-Object Name -EQ $parameter.SelectSingleNode('maml:name', $names).InnerText
            if ($described.DefaultValue) {
                $parameter.AppendChild($xml.CreateElement('dev', 'defaultValue', $dev)).InnerText = $described.DefaultValue
            }
        }

        foreach ($link in @($one.SelectNodes('command:relatedLinks/maml:navigationLink', $names))) {
            $uri = $link.SelectSingleNode('maml:uri', $names)
            if (-not $uri.InnerText) { $null = $link.ParentNode.RemoveChild($link) }
            elseif ($uri.InnerText -notlike 'https:*') { $uri.InnerText = '' }
        }
    }

    $settings = [System.Xml.XmlWriterSettings] @{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
    $writer = [System.Xml.XmlWriter]::Create($HelpFile, $settings)
    try { $xml.Save($writer) } finally { $writer.Dispose() }
    Add-Content -LiteralPath $HelpFile -Value "`n" -NoNewline
}

# The first block of code is the example's code; blocks and words behind it are remarks, without their fences.
function Split-Example($Node, $Example, $Names) {
    $Node.SelectSingleNode('maml:title', $Names).InnerText = $Example.Title
    $code, $rest = [regex]::Match($Example.Remarks, '(?s)\A```powershell\r?\n(.*?)\r?\n```\s*(.*)\z').Groups[1, 2].Value
    $Node.SelectSingleNode('dev:code', $Names).InnerText = $code
    $introduction = $Node.SelectSingleNode('maml:introduction', $Names)
    $introduction.RemoveAll()
    $introduction.AppendChild($Node.OwnerDocument.CreateElement('maml', 'para', $introduction.NamespaceURI)).InnerText = 'PS> '
    $remarks = $Node.SelectSingleNode('dev:remarks', $Names)
    $remarks.RemoveAll()
    foreach ($paragraph in ($rest -replace '(?m)^```\w*\r?\n?', '') -split '\r?\n\r?\n') {
        $remarks.AppendChild($Node.OwnerDocument.CreateElement('maml', 'para', $introduction.NamespaceURI)).InnerText = $paragraph
    }
}

$module = Import-Helpless
try {
    foreach ($name in @()) {
        if (-not (Test-Path "$Pages/$name.md")) {
            Get-Command $name | New-MarkdownCommandHelp -OutputFolder $Pages | Move-Item -Destination $Pages
        }
    }

    $files = Get-ChildItem $Pages -Filter *-*.md | Sort-Object Name
    $files | Update-MarkdownCommandHelp -NoBackup
    $files | ForEach-Object { Format-Page $_ }

    $commands = $files | Import-MarkdownCommandHelp
    $made = $commands | Export-MamlCommandHelp -OutputFolder (Join-Path (Split-Path $module.Path) made) -Force
    Format-HelpFile $made $commands
}
finally {
    Remove-Module $module
    Remove-Item (Split-Path (Split-Path $module.Path)) -Recurse -Force -ErrorAction Ignore
}
