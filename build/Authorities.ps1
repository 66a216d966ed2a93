<#
.SYNOPSIS
Brings src/LangSmithPg.Core/Tls/Data/authorities.pem up to date: Mozilla's public certificate authorities.
.DESCRIPTION
Without -Path the list comes from https://curl.se/docs/caextract.html, which extracts it from Mozilla's sources. Any other PEM file with
Mozilla's list will do, such as cacert.pem of the Python package certifi, or ca-certificates.crt of a Debian image; not that of a machine to
which a company has added its own authorities. The outcome is sorted, so that a change shows what came and went.
.EXAMPLE
./build.ps1 -Task Authorities
.EXAMPLE
./build/Authorities.ps1 -Path cacert.pem -Date 2026-05-20 -Source 'certifi 2026.5.20'
#>
[CmdletBinding()]
param(
    # A PEM file with Mozilla's list.
    [string] $Path,

    # The date of the list.
    [datetime] $Date,

    # Where the list comes from.
    [string] $Source
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

if ($Path) {
    if (-not $Date -or -not $Source) { throw 'With -Path, give the date of the list with -Date, and where it comes from with -Source.' }
    $text = Get-Content $Path -Raw
}
else {
    $Source = 'https://curl.se/ca/cacert.pem'
    $text = Invoke-RestMethod $Source
    if ($text -notmatch '(?m)^## Certificate data from Mozilla as of: \w+ (.+) GMT\r?$') { throw "$Source does not say when it was made." }
    $Date = [datetime]::ParseExact(($Matches[1] -replace '\s+', ' '), 'MMM d HH:mm:ss yyyy', [cultureinfo]::InvariantCulture)
}

$all = [Security.Cryptography.X509Certificates.X509Certificate2Collection]::new()
$all.ImportFromPem($text)
$parts = foreach ($certificate in $all) {
    $isAuthority = $certificate.Extensions.Where({ $_ -is [Security.Cryptography.X509Certificates.X509BasicConstraintsExtension] -and $_.CertificateAuthority })
    if (-not $isAuthority -or $certificate.Subject -ne $certificate.Issuer) { throw "$($certificate.Subject) is not a root." }
    if ($certificate.NotAfter.ToUniversalTime() -lt $Date) { throw "$($certificate.Subject) has expired." }
    "# $($certificate.Subject)`n$($certificate.ExportCertificatePem())`n"
}
[array]::Sort($parts, [StringComparer]::Ordinal)

$head = @"
# The public certificate authorities that Mozilla trusts for servers.
# Date: $($Date.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture))
# Source: $Source
# Licence: Mozilla Public License 2.0, https://www.mozilla.org/MPL/2.0/
# Made by build/Authorities.ps1.
"@
$target = "$PSScriptRoot/../src/LangSmithPg.Core/Tls/Data/authorities.pem"
[IO.File]::WriteAllText($target, ($head.ReplaceLineEndings("`n") + "`n`n" + ($parts -join "`n")))
"$($parts.Count) authorities of $($Date.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture))"
