using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.Json;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Tls;

namespace LangSmithPg.Tests.Sessions;

/// <summary>Runs every cmdlet with everything switched on, over good and failing servers, and searches all that comes out for the password.</summary>
public sealed class SecretsTests(LiveServer server) : IDisposable
{
    // Short enough to find in any encoding, long enough to be nowhere by chance.
    const string Needle = "Zq7xNeedle";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static readonly string[] Cmdlets =
    [
        "ConvertFrom-LangSmithPgConnectionString", "Test-LangSmithPgConnectionString", "Test-LangSmithPgConnection", "Get-LangSmithPgServer",
        "Test-LangSmithPgExtensions", "Test-LangSmithPgReadiness", "Test-LangSmithPgReadiness -Rehearse", "Test-LangSmithPgHealth", "Install-LangSmithPgExtensions", "Install-LangSmithPgExtensions -AsScript",
        "Set-LangSmithPgOwner -From guest -To owner -WhatIf", "Set-LangSmithPgOwner -From guest -To owner -Confirm:$false", "Set-LangSmithPgOwner -From guest -To owner -AsScript",
        "Initialize-LangSmithPgDatabase -NewDatabase new -RoleName app", "Initialize-LangSmithPgDatabase -NewDatabase new -RoleName app -WhatIf", "Initialize-LangSmithPgDatabase -NewDatabase new -RoleName app -AsScript",
        "New-LangSmithHelmValues", "New-LangSmithHelmValues -IncludeConnectionUrl",
        "New-LangSmithHelmValues -IncludeConnectionUrl | Export-LangSmithHelmValues no-such-folder/values.yaml -WhatIf",
        "New-LangSmithPgIamRole -Provider Aws -RoleName app", "New-LangSmithPgIamRole -Provider Azure -RoleName app -AsScript", "Get-LangSmithPgAccessToken -Provider Gcp",
        "New-LangSmithPgPreflightJob -ModuleInImage", "New-LangSmithHelmValues -IncludeConnectionUrl | New-LangSmithPgPreflightJob -ModuleInImage | ConvertTo-LangSmithYaml",
        $"Compare-LangSmithPgDatabase guest:{Needle}@localhost:1/bare", $"Test-LangSmithPgMove -From guest:{Needle}@localhost:1/bare", $"Copy-LangSmithPgDatabase -From guest:{Needle}@localhost:1/bare -Confirm:$false",
        "Invoke-LangSmithPgSupportQuery -Path $query", "New-LangSmithPgSecret", "Set-LangSmithEnvFile no-such.env -WhatIf",
        "New-LangSmithHelmValues -IncludeConnectionUrl | Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123456789012:role/langsmith",
        "New-LangSmithHelmValues -IncludeConnectionUrl | Set-LangSmithPodSecurityContext",
    ];

    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task No_stream_error_view_or_serialised_form_holds_the_password()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("query.sql"), "select no_column", TestContext.Current.CancellationToken);
        _session.Set("query", folder.File("query.sql"));
        await using var silent = TarpitServer.Silent();
        await using var closing = TarpitServer.Closing();
        string[] texts =
        [
            $"guest:{Needle}@localhost:{server.Port}/bare?sslmode=require",
            $"guest:{Needle}@localhost:{server.Port}/bare?sslmode=verify-full&sslrootcert=system",
            $"guest:{Needle}@localhost:{server.Port}/bare?sslmode=verify-ca&sslrootcert=/nowhere",
            $"guest:{Needle}@localhost:{server.Port}/absent?sslpassword={Needle}",
            $"guest:{Needle}@127.0.0.1:{silent.Port}/d",
            $"guest:{Needle}@127.0.0.1:{closing.Port}/d",
            $"guest:{Needle}@127.0.0.1:1/d",
            $"guest:{Needle}@no-such-host.invalid/d",
            $"guest:{Needle}@h:99999/d",
            $"guest:{Needle}@@h/d",
            $"guest:{Needle}/x@h/d",
            $"guest:{Needle}#x@h/d",
            $"guest:{Needle}?x=1@h/d",
            $"guest:{Needle}%zz@h/d",
            $"guest:{Needle}@[::1/d",
            $"host=h user=u dbname=d password='{Needle}",
            $"host=h user=u dbname=d password={Needle} {Needle}",
            $"Host=h;Username=u;Database=d;Password=\"{Needle}",
            $"mysql://guest:{Needle}@h/d",
            $"{Needle}://guest:{Needle}@h/d",
        ];
        foreach (var text in texts)
        {
            _session.Set("text", text);
            foreach (var cmdlet in Cmdlets)
            {
                Search($"$text | {cmdlet} -Verbose -Debug{Limit(cmdlet)}", text);
            }
        }
    }

    [Fact]
    public void Nothing_keeps_the_password_of_objects_that_are_gone()
    {
        _session.Set("password", LiveServer.Password);
        _session.Set("cmdlets", Cmdlets);
        _session.Run(
            $$"""
            function Use {
                $connection = New-LangSmithPgConnectionString {{server.Arguments("guest", "bare")}}
                foreach ($cmdlet in $cmdlets) { $null = & ([scriptblock]::Create("`$connection | $cmdlet 2>&1 3>&1")) }
                [WeakReference]::new($connection.Password)
            }
            """).ThrowIfFailed();
        var kept = (WeakReference)_session.Run("Use").Single.BaseObject;

        // Errors keep what they are about, as long as the session keeps them; and threads what they did last, until they do something else.
        var clock = Stopwatch.StartNew();
        while (kept.IsAlive && clock.Elapsed < Patience)
        {
            _session.Run("$Error.Clear()");
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(50);
        }

        Assert.False(kept.IsAlive);
    }

    [Fact]
    public void Neither_do_those_of_a_cmdlet_that_takes_parts()
    {
        _session.Set("needle", Needle);
        foreach (var arguments in (string[])
            [
                $"localhost bare -Port {server.Port} -UserName guest -Password $needle",
                "h d -UserName u -IamAuthProvider Aws -Password $needle",
                "h:1 d -UserName u -Password $needle",
                "h d -UserName u -Password $needle -Parameter @{ password = $needle; sslpassword = $needle; oauth_client_secret = $needle }",
            ])
        {
            Search($"New-LangSmithPgConnectionString {arguments} -Verbose -Debug", arguments);
        }

        Search($"New-LangSmithPgConnectionString localhost bare -Port {server.Port} -UserName guest | Test-LangSmithPgConnection -AccessToken $needle -Verbose -Debug", "token");
    }

    [Fact]
    public void Neither_do_those_of_a_cmdlet_that_takes_a_private_key()
    {
        using var authority = CertificateAuthority.CreateRoot();
        var issued = authority.IssueClient("owner");
        var folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;
        var files = new[] { ("c.crt", issued.CertificatePem), ("c.key", issued.KeyPem), ("o.key", authority.IssueClient("other").KeyPem), ("cut.key", issued.KeyPem[..^40]) };
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Join(folder, name), text);
        }

        File.WriteAllBytes(Path.Join(folder, "c.pfx"), issued.ToPfx(Needle));
        _session.Set("folder", folder);
        _session.Set("needle", Needle);
        _session.Set("url", $"owner:{Needle}@localhost:{server.Port}/ready?sslpassword={Needle}");
        var keys = files.Skip(1).Select(file => file.Item2.Split('\n')[1]).ToArray();
        var live = $"'owner:x@localhost:{server.Port}/ready?sslmode=require' | Test-LangSmithPgReadiness";
        foreach (var script in (string[])
            [
                "New-LangSmithMtlsSecret $folder/c.crt $folder/c.key -UserName u", "New-LangSmithMtlsSecret $folder/c.crt $folder/o.key", "New-LangSmithMtlsSecret $folder/c.crt $folder/cut.key",
                "New-LangSmithMtlsSecret -PfxPath $folder/c.pfx -Password $needle", "New-LangSmithMtlsSecret -PfxPath $folder/c.pfx -Password \"$needle!\"",
                "New-LangSmithCaSecret $folder/c.key", "New-LangSmithMtlsSecret $folder/c.crt $folder/c.key | Export-LangSmithYaml $folder/s.yaml -Force -WhatIf",
                $"{live} -ClientCertificate $folder/c.crt -ClientKeyPath $folder/c.key", $"{live} -ClientCertificate $folder/c.pfx -ClientCertificatePassword $needle",
                $"{live} -ClientCertificate $folder/c.pfx -ClientCertificatePassword wrong", $"Get-LangSmithPgCertificate localhost {server.Port}",
                "Get-LangSmithPgCertificate $url", "$url | Get-LangSmithPgCertificate",
            ])
        {
            Search($"{script} -Verbose -Debug", "a private key", [Needle, .. keys]);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_search_finds_what_it_looks_for()
    {
        Assert.Contains(Needle, Everything(_session.Run($"[pscustomobject]@{{ A = @{{ B = '{Needle}' }} }}")), StringComparison.Ordinal);
        Assert.Contains(Needle, Everything(_session.Run($"throw '{Needle}'")), StringComparison.Ordinal);
        Assert.Contains(Needle, Everything(_session.Run($"New-LangSmithPgConnectionString h d -UserName u -Password {Needle} -AsPlainText")), StringComparison.Ordinal);
    }

    static string Limit(string cmdlet) =>
        cmdlet is "Test-LangSmithPgConnection" or "Get-LangSmithPgServer" or "Test-LangSmithPgExtensions" or "Install-LangSmithPgExtensions"
            || cmdlet.StartsWith("Test-LangSmithPgReadiness", StringComparison.Ordinal) || cmdlet.StartsWith("Set-LangSmithPgOwner", StringComparison.Ordinal)
            ? " -TimeoutSeconds 0.5" : "";

    void Search(string script, string what, params string[] needles)
    {
        var found = Everything(_session.Run(script)) + _session.Show(script);
        foreach (var needle in needles.Append(Needle))
        {
            var at = found.IndexOf(needle, StringComparison.Ordinal);
            Assert.True(at < 0, $"{script} over {what.Replace(Needle, Secret, StringComparison.Ordinal)}: …{Around(found, at)}…");
        }
    }

    const string Secret = "****";

    static string Around(string text, int at) =>
        at < 0 ? "" : text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)].Replace(Needle, Secret, StringComparison.Ordinal);

    static string Everything(SessionResult result)
    {
        var text = new StringBuilder();
        text.AppendJoin('\n', [.. result.Warnings, .. result.Verbose, .. result.Debug, .. result.Other]);
        foreach (var error in result.Errors)
        {
            // The line of the script is the admin's own; everything else is ours.
            Walk(error, text, [], depth: 0);
            text.Append(error.Exception).Append(error.ErrorDetails?.Message).Append(error.ErrorDetails?.RecommendedAction).Append(error.CategoryInfo);
        }

        foreach (var one in result.Output)
        {
            Walk(one, text, [], depth: 0);
            Walk(one.BaseObject, text, [], depth: 0);
            text.Append(PSSerializer.Serialize(one, 6)).Append(AsJson(one.BaseObject));
        }

        return text.ToString();
    }

    static string AsJson(object value)
    {
        try
        {
            return JsonSerializer.Serialize(value, value.GetType());
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException or InvalidOperationException)
        {
            // Not every PowerShell object has a JSON form; ours have.
            return value.GetType().Namespace?.StartsWith("LangSmithPg", StringComparison.Ordinal) == true ? throw new InvalidOperationException(value.GetType().Name, exception) : "";
        }
    }

    // Like Format-List * all the way down, private fields of exceptions' data included as far as properties show them.
    static void Walk(object? value, StringBuilder text, HashSet<object> seen, int depth)
    {
        if (value is null || depth > 6 || (value is not string && !value.GetType().IsValueType && !seen.Add(value)))
        {
            return;
        }

        text.Append(value).Append('\n');
        if (value is string || value.GetType().IsPrimitive || value is MemberInfo or Type or InvocationInfo or Assembly)
        {
            return;
        }

        if (value is PSObject wrapped)
        {
            foreach (var property in wrapped.Properties)
            {
                Walk(Read(() => property.Value), text, seen, depth + 1);
            }
        }

        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, text, seen, depth + 1);
            }
        }

        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.GetIndexParameters().Length == 0))
        {
            Walk(Read(() => property.GetValue(value)), text, seen, depth + 1);
        }
    }

    static object? Read(Func<object?> property)
    {
        try
        {
            return property();
        }
        catch (Exception exception) when (exception is TargetInvocationException or GetValueException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
