using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>Objects that come back from a job, another machine or a file: they work, or the reason why not is clear.</summary>
public sealed class DeserializationTests : IDisposable
{
    const string Needle = "Zq7xNeedle";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public DeserializationTests(LiveServer server)
    {
        _session.Set("folder", _folder);
        _session.Set("needle", Needle);
        _session.Run($$"""
            $connection = New-LangSmithPgConnectionString localhost ready -Port {{server.Port}} -UserName owner -Password $needle
            $certificate = Get-LangSmithPgCertificate localhost {{server.Port}}
            $token = [LangSmithPg.Iam.AccessToken]::new('Aws', [LangSmithPg.Common.Secret]::From($needle), [datetimeoffset]::Now.AddHours(1), 'test')
            function Back([Parameter(ValueFromPipeline)] $live) { process { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($live)) } }
            """).ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("$connection | New-LangSmithHelmValues")]
    [InlineData("Set-LangSmithPodSecurityContext")]
    [InlineData("Set-LangSmithIamAnnotations -ClientId 0e4f8ecf-0000-4000-8000-000000000001")]
    [InlineData("$connection | New-LangSmithHelmValues | Back | Set-LangSmithPodSecurityContext")]
    public void Values_are_written_as_they_were(string script) =>
        Assert.Equal(Text($"{script} | ConvertTo-LangSmithYaml"), Text($"{script} | Back | ConvertTo-LangSmithYaml"));

    [Fact]
    public void A_preflight_is_made_of_values_as_it_was() => Assert.Equal(
        Text("$connection | New-LangSmithHelmValues | New-LangSmithPgPreflightJob -ModuleInImage | ConvertTo-LangSmithYaml"),
        Text("$connection | New-LangSmithHelmValues | Back | New-LangSmithPgPreflightJob -ModuleInImage | ConvertTo-LangSmithYaml"));

    [Fact]
    public void A_bundle_of_authorities_works_as_it_did()
    {
        var file = Path.Combine(_folder, "ca.crt");
        using (var authority = Sandbox.Tls.CertificateAuthority.CreateRoot())
        {
            File.WriteAllText(file, authority.CertificatePem);
        }

        _session.Run("$ca = New-LangSmithCaSecret $folder/ca.crt -Namespace langsmith; $back = $ca | Back").ThrowIfFailed();
        Assert.Equal(Text("$ca | ConvertTo-LangSmithYaml"), Text("$back | ConvertTo-LangSmithYaml"));
        Assert.Equal("CertificateNotTrusted", _session.Run("($connection | Test-LangSmithPgConnection -CaCertificate $back).Failure.Kind.ToString()").Single.BaseObject);
    }

    [Fact]
    public void A_server_certificate_is_judged_as_it_was() =>
        Assert.Equal(
            _session.Run("$certificate | New-LangSmithCaSecret -Fingerprint 00").ErrorId,
            _session.Run("$certificate | Back | New-LangSmithCaSecret -Fingerprint 00").ErrorId);

    [Theory]
    [InlineData("$connection | Back | Test-LangSmithPgReadiness", "DeserializedConnection")]
    [InlineData("$connection | Back | New-LangSmithHelmValues", "DeserializedConnection")]
    [InlineData("$connection | Back | Get-LangSmithPgAccessToken", "DeserializedConnection")]
    [InlineData("$connection | Back | Test-LangSmithPgConnectionString", "DeserializedConnection")]
    [InlineData("$connection | Back | New-LangSmithPgPreflightJob", "DeserializedConnection")]
    [InlineData("$connection | New-LangSmithHelmValues -IncludeConnectionUrl | Back | New-LangSmithPgPreflightJob", "DeserializedSecret")]
    [InlineData("$connection | New-LangSmithPgSecret | Back | ConvertTo-LangSmithYaml", "DeserializedSecret")]
    [InlineData("$connection | New-LangSmithPgSecret | Back | Export-LangSmithYaml $folder/secret.yaml", "DeserializedSecret")]
    [InlineData("$connection | New-LangSmithHelmValues -IncludeConnectionUrl | Back | ConvertTo-LangSmithYaml", "DeserializedSecret")]
    [InlineData("$connection | New-LangSmithHelmValues -IncludeConnectionUrl | Back | Export-LangSmithHelmValues $folder/values.yaml", "DeserializedSecret")]
    [InlineData("$connection | New-LangSmithHelmValues -IncludeConnectionUrl | Back | Set-LangSmithPodSecurityContext", "DeserializedSecret")]
    [InlineData("$connection | Test-LangSmithPgConnection -AccessToken ($token | Back)", "ParameterArgumentTransformationError")]
    [InlineData("'text' | ConvertTo-LangSmithYaml", "NotADocument")]
    [InlineData("'text' | Export-LangSmithYaml $folder/secret.yaml", "NotADocument")]
    [InlineData("'text' | Export-LangSmithHelmValues $folder/values.yaml", "NotADocument")]
    public void What_lost_its_secret_is_refused_with_one_clear_error(string script, string id)
    {
        var result = _session.Run(script);
        Assert.Equal(id, result.ErrorId);
        Assert.Empty(result.Output);
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.True(id is "ParameterArgumentTransformationError" ? result.Errors[0].ToString().Contains("Get the token in the session that uses it", StringComparison.Ordinal) : result.Errors[0].ErrorDetails.RecommendedAction.Length > 0);
    }

    [Theory]
    [InlineData("$connection")]
    [InlineData("$token")]
    [InlineData("$connection | New-LangSmithPgSecret")]
    [InlineData("$connection | New-LangSmithHelmValues -IncludeConnectionUrl")]
    [InlineData("$connection | Test-LangSmithPgReadiness")]
    [InlineData("$connection | Test-LangSmithPgConnection")]
    public void No_secret_goes_along(string script)
    {
        // A SecureString is written in UTF-16, in hexadecimal.
        var hex = Convert.ToHexString(System.Text.Encoding.Unicode.GetBytes(Needle));
        var text = Text($"[System.Management.Automation.PSSerializer]::Serialize(({script}), 10)");
        Assert.DoesNotContain(Needle, text, StringComparison.Ordinal);
        Assert.DoesNotContain(hex, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<SS", text, StringComparison.Ordinal);
    }

    string Text(string script) => string.Join('\n', _session.Run(script).Output.Select(one => (string)one.BaseObject));
}
