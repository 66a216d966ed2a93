#Requires -Version 7.4
<#
.SYNOPSIS
Brings the pages in docs/en-US up to date with the cmdlets, and makes the file that Get-Help reads from them.
.DESCRIPTION
The words of the pages are written by hand and kept; syntax, types, aliases, parameter sets and positions come from the built module.
A cmdlet without a page gets one to fill in. Running it twice changes nothing.
Needs Microsoft.PowerShell.PlatyPS 1.0.
#>
[CmdletBinding()]
param(
    # The manifest of the built module.
    [Parameter(Mandatory)]
    [string] $Manifest,

    # The folder with the pages; they are changed in place.
    [string] $Pages = "$PSScriptRoot/en-US",

    # The file for Get-Help.
    [string] $HelpFile = "$PSScriptRoot/../en-US/LangSmithPg.dll-Help.xml"
)

$ErrorActionPreference = 'Stop'
# PlatyPS asks objects for properties that they may not have.
Set-StrictMode -Off

if (-not (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS | Where-Object Version -GE '1.0')) {
    throw 'Microsoft.PowerShell.PlatyPS 1.0 is not installed: Install-PSResource Microsoft.PowerShell.PlatyPS. Without it the help stays as it is.'
}

Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0

# Without the help that it brings along, which PlatyPS would take for words of the cmdlets themselves.
function Import-WithoutHelp([string] $Folder) {
    $copy = (New-Item -ItemType Directory -Path "$Folder/LangSmithPg").FullName
    Get-ChildItem (Split-Path $Manifest) -Exclude en-US | Copy-Item -Destination $copy -Recurse
    Import-Module "$copy/LangSmithPg.psd1" -Force -PassThru
}

# Not Update-MarkdownCommandHelp: where a default value is given by hand, it adds its own words to those of -WhatIf and -Confirm, each time.
function Update-Page([string] $Name, [string] $Folder) {
    $actual = New-CommandHelp -CommandInfo (Get-Command $Name)
    $page = (Test-Path "$Pages/$Name.md") ? (Import-MarkdownCommandHelp "$Pages/$Name.md") : $actual
    $parameters = foreach ($parameter in $actual.Parameters) {
        $written = $page.Parameters | Where-Object Name -EQ $parameter.Name
        if ($written) {
            $parameter.Description = $written.Description
            $parameter.DefaultValue = $written.DefaultValue
        }

        $parameter
    }

    Sync-List $page.Parameters $parameters
    Sync-List $page.Syntax @($actual.Syntax | ForEach-Object { $_.HasCmdletBinding = $true; $_ })
    foreach ($list in 'Inputs', 'Outputs') {
        Sync-List $page.$list @($actual.$list | ForEach-Object { $type = $_; ($page.$list | Where-Object Typename -EQ $type.Typename) ?? $type })
    }

    $page.HasCmdletBinding = $true
    $page.AliasHeaderFound = $true
    $page.Aliases = ''
    $made = Export-MarkdownCommandHelp $page -OutputFolder $Folder -Force
    # A date would change from day to day, line ends from system to system.
    $text = (Get-Content -LiteralPath $made -Raw) -replace '\r\n', "`n" -replace '(?m)^ms\.date: .*\n', '' -replace '(?m)[ \t]+$', ''
    Write-Text "$Pages/$Name.md" "$($text.TrimEnd())`n"
}

function Sync-List($List, $Items) {
    $copy = @($Items)
    $List.Clear()
    foreach ($item in $copy) { $List.Add($item) }
}

# The head is kept, the list behind it made anew.
function Update-ModulePage($Commands) {
    $path = "$Pages/LangSmithPg.md"
    $head = (Get-Content -LiteralPath $path -Raw) -replace '(?s)\n### .*', ''
    Write-Text $path (@($head.TrimEnd()) + @($Commands | ForEach-Object { "### [$($_.Title)]($($_.Title).md)", $_.Synopsis }) -join "`n`n" | ForEach-Object { "$_`n" })
}

function Write-Text([string] $Path, [string] $Text) {
    Set-Content -LiteralPath $Path -Value $Text -NoNewline -Encoding utf8NoBOM
}

# What PlatyPS leaves out of the file, or writes so that Get-Help shows it badly: defaults, code of examples, links within the docs.
function Write-HelpFile([string] $Path, $Commands) {
    $xml = [xml]::new()
    $xml.Load($Path)
    $names = [System.Xml.XmlNamespaceManager]::new($xml.NameTable)
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
    foreach ($command in $xml.SelectNodes('//command:command', $names)) {
        $page = $Commands | Where-Object Title -EQ $command.SelectSingleNode('command:details/command:name', $names).InnerText
        $examples = @($command.SelectNodes('command:examples/command:example', $names))
        for ($index = 0; $index -lt $examples.Count; $index++) {
            Split-Example $examples[$index] $page.Examples[$index].Remarks $names
        }

        foreach ($parameter in $command.SelectNodes('command:parameters/command:parameter', $names)) {
            $written = $page.Parameters | Where-Object Name -EQ $parameter.SelectSingleNode('maml:name', $names).InnerText
            if ($written.DefaultValue) {
                $parameter.AppendChild($xml.CreateElement('dev', 'defaultValue', $names.LookupNamespace('dev'))).InnerText = $written.DefaultValue
            }
        }

        foreach ($link in @($command.SelectNodes('command:relatedLinks/maml:navigationLink', $names))) {
            $uri = $link.SelectSingleNode('maml:uri', $names)
            if (-not $uri.InnerText) { $null = $link.ParentNode.RemoveChild($link) }
            elseif ($uri.InnerText -notlike 'https:*') { $uri.InnerText = '' }
        }
    }

    $text = [IO.StringWriter]::new()
    $writer = [System.Xml.XmlWriter]::Create($text, [System.Xml.XmlWriterSettings] @{ Indent = $true; NewLineChars = "`n"; OmitXmlDeclaration = $true })
    $xml.Save($writer)
    $writer.Dispose()
    Write-Text $HelpFile "<?xml version=`"1.0`" encoding=`"utf-8`"?>`n$($text.ToString() -replace '\r\n', "`n")`n"
}

# The block of code that an example begins with is its code; what stands behind are remarks, without fences.
function Split-Example($Node, [string] $Text, $Names) {
    $code, $rest = [regex]::Match(($Text -replace '\r\n', "`n"), '(?s)\A```powershell\n(.*?)\n```\s*(.*)\z').Groups[1, 2].Value
    $Node.SelectSingleNode('dev:code', $Names).InnerText = $code
    $paragraphs = @($rest -replace '(?m)^```\w*\n?', '' -split '\n\n')
    # The last one is the gap before the next example.
    foreach ($part in @{ 'maml:introduction' = @('PS> '); 'dev:remarks' = $paragraphs + '' }.GetEnumerator()) {
        $element = $Node.SelectSingleNode($part.Key, $Names)
        $element.RemoveAll()
        foreach ($paragraph in $part.Value) {
            $element.AppendChild($Node.OwnerDocument.CreateElement('maml', 'para', $Names.LookupNamespace('maml'))).InnerText = $paragraph
        }
    }
}

$folder = Join-Path ([IO.Path]::GetTempPath()) "langsmithpg-help-$([guid]::NewGuid())"
$module = Import-WithoutHelp $folder
try {
    foreach ($name in $module.ExportedCmdlets.Keys | Sort-Object) {
        Update-Page $name "$folder/pages"
    }

    $commands = Get-ChildItem $Pages -Filter *-*.md | Sort-Object Name | Import-MarkdownCommandHelp
    Update-ModulePage $commands
    Write-HelpFile ($commands | Export-MamlCommandHelp -OutputFolder "$folder/maml" -Force) $commands
}
finally {
    Remove-Module $module
    # On Windows, what is loaded stays until the session ends.
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}
