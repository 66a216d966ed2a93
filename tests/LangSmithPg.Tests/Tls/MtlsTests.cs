using System.Text.RegularExpressions;
using LangSmithPg.Postgres.Tests;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Tls;

/// <summary>TLS and mTLS from the files in the admin's hand to the pod, against a real server that insists on a client certificate.</summary>
public sealed partial class MtlsTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task What_the_Secrets_hold_lets_psql_in_when_it_is_mounted_as_the_chart_does(int major)
    {
        var psql = Psql.Find();
        await using var server = await StartAsync(major);
        var mounted = Mount(server, "-PfxPath $home/client.pfx -Password $pfxPassword -Connection $connection");

        Assert.Equal((0, "t"), await server.LogInAsync(psql, mounted));
        File.WriteAllText(Path.Join(mounted, "client.crt"), File.ReadAllText(server.File("somebody.pem")));
        Assert.NotEqual(0, (await server.LogInAsync(psql, mounted)).ExitCode);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task A_certificate_alone_logs_in_where_the_server_wants_no_password(int major)
    {
        var psql = Psql.Find();
        await using var server = await StartAsync(major);
        _session.Set("passwordless", $"{MtlsServer.CertificateUser}@localhost:{server.Port}/langsmith?sslmode=verify-full&sslrootcert=system");

        Assert.Equal((0, "t"), await server.LogInAsync(psql, Mount(server, "$home/keyholder.pem -Connection $passwordless"), MtlsServer.CertificateUser));
        var live = $"$passwordless | Get-LangSmithPgServer -CaCertificate {server.Folder}/ca.crt -ClientCertificate {server.Folder}";
        Assert.Empty(_session.Run($"{live}/keyholder.pem").Errors);
        Assert.Equal("AuthenticationFailed", _session.Run($"{live}/somebody.pem").ErrorId);
    }

    [Theory]
    [InlineData("-ClientCertificate {0}/both.pem")]
    [InlineData("-ClientCertificate {0}/client.crt -ClientKeyPath {0}/client.key")]
    [InlineData("-ClientCertificate {0}/client.pfx -ClientCertificatePassword $pfxPassword")]
    [InlineData("-ClientCertificate ([Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPemFile('{0}/direct.pem'))")]
    [InlineData("-ClientCertificate (New-LangSmithMtlsSecret {0}/both.pem)")]
    public async Task A_live_check_connects_as_the_pod_will(string client)
    {
        await using var server = await StartAsync(18);
        var material = string.Format(null, client, server.Folder);

        var report = _session.Run($"$connection | Test-LangSmithPgReadiness -CaCertificate {server.Folder}/ca.crt {material} -VCpu 2 -MinimumMemory 8GB");

        Assert.Empty(report.Errors);
        _session.Set("report", report.Single);
        Assert.Equal(
            ["Connection Pass", "Tls.Authority Pass", "Tls.ClientCertificate Pass", "Tls.HostName Pass", "Tls.Validity Pass"],
            _session.Run("""
                $report.Findings.Where({ $_.Id -in 'Connection', 'Tls.Authority', 'Tls.ClientCertificate', 'Tls.HostName', 'Tls.Validity' }).ForEach({ "$($_.Id) $($_.Status)" })
                """).Output.Select(one => (string)one.BaseObject).Order());
        Assert.Equal(true, _session.Run($"$connection | Test-LangSmithPgConnection -CaCertificate (New-LangSmithCaSecret {server.Folder}/ca.crt) {material} -Quiet").Single.BaseObject);
    }

    [Theory]
    [InlineData("", "ClientCertificateMissing")]
    [InlineData("-ClientCertificate {0}/stranger.pem", "ClientCertificateRefused")]
    [InlineData("-ClientCertificate {0}/somebody.pem", "AuthenticationFailed")]
    [InlineData("-ClientCertificate {0}/nowhere.pem", "FileNotFound")]
    [InlineData("-ClientCertificate {0}/client.pfx", "PasswordMissing")]
    [InlineData("-ClientCertificate {0}/client.pfx -ClientCertificatePassword wrong", "PasswordWrong")]
    [InlineData("-ClientCertificate {0}/client.crt -ClientKeyPath {0}/stranger.pem", "KeyMismatch")]
    public async Task What_is_wrong_with_the_client_certificate_is_told_by_name(string client, string id)
    {
        await using var server = await StartAsync(18);

        var result = _session.Run($"$connection | Get-LangSmithPgServer -CaCertificate {server.Folder}/ca.crt {string.Format(null, client, server.Folder)}");

        Assert.Equal(id, result.ErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task The_certificate_of_a_server_is_got_by_name_by_connection_and_by_rows()
    {
        await using var server = await StartAsync(18);
        _session.Set("port", server.Port);

        foreach (var command in (string[])
            ["Get-LangSmithPgCertificate localhost $port", "$connection | Get-LangSmithPgCertificate", "[pscustomobject]@{ host = 'localhost'; port = \"$port\" } | Get-LangSmithPgCertificate"])
        {
            var got = _session.Run(command);
            Assert.Equal([], got.Errors.Select(error => $"{command}: {error}"));
            var certificate = got.Single;
            Assert.Equal("CN=localhost", certificate.Properties["Subject"].Value);
            Assert.Equal(true, certificate.Properties["AsksForClientCertificate"].Value);
            Assert.Equal(["CN=localhost"], (IEnumerable<string>)certificate.Properties["Sent"].Value);
        }

        _session.Set("ca", server.File("ca.crt"));
        foreach (var several in (string[])["$ca, $ca", "(New-LangSmithCaSecret $ca), [IO.FileInfo]$ca", "@([Security.Cryptography.X509Certificates.X509Certificate2]::new($ca))"])
        {
            var judged = _session.Run($"(Get-LangSmithPgCertificate localhost $port -CaCertificate ({several})).Verdicts");
            Assert.Equal([], judged.Errors.Select(error => $"{several}: {error}"));
            Assert.Contains("Libpq, sslmode=verify-full: Verified", string.Join('\n', judged.Output), StringComparison.Ordinal);
        }

        var shown = _session.Show($"Get-LangSmithPgCertificate localhost $port -CaCertificate {server.Folder}/ca.crt");
        Assert.Contains("verify-full", shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.True(line.TrimEnd().Length <= ModuleSession.Width, line));
    }

    [Fact]
    public async Task A_server_that_knows_no_client_certificates_asks_for_none()
    {
        using var authority = Sandbox.Tls.CertificateAuthority.CreateRoot();
        await using var server = await Sandbox.Postgres.PostgresServer.StartAsync(
            new() { IgnoreInstalled = true, Tls = authority.IssueServer(["localhost"]).ToServerTls() }, TestContext.Current.CancellationToken);

        Assert.Equal(false, _session.Run($"Get-LangSmithPgCertificate localhost {server.Port}").Single.Properties["AsksForClientCertificate"].Value);
    }

    [Fact]
    public async Task The_values_name_what_the_Secrets_are_called()
    {
        await using var server = await StartAsync(18);

        var yaml = _session.Run($$"""
            $ca = New-LangSmithCaSecret {{server.Folder}}/ca.crt
            $mtls = New-LangSmithMtlsSecret {{server.Folder}}/client.crt {{server.Folder}}/client.key
            'myuser:mypassword@myhost:5432/mydatabase?sslmode=verify-full&sslrootcert=system' |
                New-LangSmithHelmValues -IncludeConnectionUrl -CaSecret $ca -ClientCertificateSecret $mtls | Set-LangSmithPodSecurityContext | ConvertTo-LangSmithYaml
            """).Single.BaseObject;

        Assert.Equal(
            """
            postgres:
              external:
                enabled: true
                connectionUrl: "myuser:mypassword@myhost:5432/mydatabase?sslmode=verify-full&sslrootcert=system"
                customTls: true
                clientCert:
                  secretName: postgres-mtls-secret
                  certSecretKey: tls.crt
                  keySecretKey: tls.key
            config:
              customCa:
                secretName: langsmith-custom-ca
                secretKey: ca.crt
            commonPodSecurityContext:
              fsGroup: 1000
            """.ReplaceLineEndings("\n"), yaml);
        Assert.Contains(
            "sslmode=verify-full&sslrootcert=system\"",
            (string)_session.Run("'u@h/d?sslmode=require&sslcert=x' | New-LangSmithHelmValues -IncludeConnectionUrl -CaSecret $ca | ConvertTo-LangSmithYaml").Single.BaseObject, StringComparison.Ordinal);
        Assert.Equal("VerificationMissing", _session.Run("'u@h/d?sslmode=require' | New-LangSmithHelmValues -CaSecret $ca").ErrorId);
        const string Full = "'u@h/d?sslmode=verify-full&sslrootcert=system' | New-LangSmithHelmValues -ClientCertificateSecret $mtls -ChartVersion";
        var tooOld = _session.Run($"{Full} 0.12.28");
        Assert.Equal("ChartTooOld", tooOld.ErrorId);
        Assert.Equal("Chart 0.12.28 is too old for client certificates for PostgreSQL: LangSmith documents it for chart 0.12.29 and later.", tooOld.Errors[0].ToString());
        Assert.Contains("0.12.29 or later", tooOld.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_session.Run($"{Full} 0.12.29").Errors);
    }

    [Fact]
    public async Task Bad_input_is_told_by_file_and_cause_and_gives_no_Secret()
    {
        await using var server = await StartAsync(18);
        File.WriteAllText(server.File("request.csr"), "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----");

        var mixed = _session.Run($"New-LangSmithCaSecret {server.Folder}/ca.crt, {server.Folder}/request.csr");
        Assert.Equal("IsRequest", mixed.ErrorId);
        Assert.Empty(mixed.Output);
        Assert.Equal("PrivateKeyInside", _session.Run($"New-LangSmithCaSecret {server.Folder}/both.pem").ErrorId);
        Assert.Contains("CN=other", string.Join(' ', _session.Run($"New-LangSmithMtlsSecret {server.Folder}/both.pem -UserName other").Warnings), StringComparison.Ordinal);
        Assert.Contains("expires on", string.Join(' ', _session.Run($"New-LangSmithMtlsSecret {server.Folder}/both.pem -ExpiryWarningDays 3650").Warnings), StringComparison.Ordinal);
        var key = _session.Run($"New-LangSmithMtlsSecret {server.Folder}/both.pem -Type kubernetes.io/tls -CertificateKey cert");
        Assert.Equal("InvalidName", key.ErrorId);
        Assert.Equal("cert", key.Errors[0].TargetObject);
        Assert.Contains("type: kubernetes.io/tls", (string)_session.Run($"New-LangSmithMtlsSecret {server.Folder}/both.pem -Type kubernetes.io/tls | ConvertTo-LangSmithYaml").Single.BaseObject, StringComparison.Ordinal);
    }

    async Task<MtlsServer> StartAsync(int major)
    {
        var server = await MtlsServer.StartAsync(major);
        _session.Set("pfxPassword", MtlsServer.PfxPassword);
        _session.Set("connection", $"app:{MtlsServer.Password}@localhost:{server.Port}/langsmith?sslmode=verify-full&sslrootcert=system");
        return server;
    }

    // As the chart does, from the Secrets' YAML.
    string Mount(MtlsServer server, string client)
    {
        var mounted = Directory.CreateDirectory(server.File("mounted")).FullName;
        var yaml = string.Join('\n', _session.Run($"(New-LangSmithCaSecret $home/ca.crt), (New-LangSmithMtlsSecret {client}) | ConvertTo-LangSmithYaml"
            .Replace("$home", server.Folder, StringComparison.Ordinal)).Output);
        WriteEntry(yaml, "ca.crt", Path.Join(mounted, "custom-ca-certificates.crt"));
        WriteEntry(yaml, "tls.crt", Path.Join(mounted, "client.crt"));
        WriteEntry(yaml, "tls.key", Path.Join(mounted, "client.key"));
        return mounted;
    }

    static void WriteEntry(string yaml, string key, string path)
    {
        var block = Regex.Match(yaml, $@"^  {Regex.Escape(key)}: \|\n((?:    .*\n?|\n)+)", RegexOptions.Multiline);
        Assert.True(block.Success, $"There is no {key}.");
        File.WriteAllText(path, Margin().Replace(block.Groups[1].Value, ""));
        if (!OperatingSystem.IsWindows())
        {
            // As its group, LangSmith may read a key of mode 0640; libpq lets that pass for a file of root alone.
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | (Environment.UserName == "root" ? UnixFileMode.GroupRead : 0));
        }
    }

    [GeneratedRegex("^    ", RegexOptions.Multiline)]
    private static partial Regex Margin();
}
