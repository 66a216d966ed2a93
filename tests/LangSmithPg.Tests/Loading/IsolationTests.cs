using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Loading;

public sealed class IsolationTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Another_Npgsql_and_YamlDotNet_of_the_session_live_beside_ours()
    {
        // As Add-Type or another module's manifest loads them.
        var otherYaml = Assembly.LoadFrom(BuildPaths.OtherYamlDotNet);
        var otherNpgsql = Assembly.LoadFrom(BuildPaths.OtherNpgsql);

        Assert.StartsWith("postgres:", (string)_session.Run("'u:p@h/d' | New-LangSmithHelmValues | ConvertTo-LangSmithYaml").Single.BaseObject, StringComparison.Ordinal);
        Assert.Equal(false, _session.Run("'u:p@127.0.0.1:1/d' | Test-LangSmithPgConnection -Quiet").Single.BaseObject);

        // Both versions at work in one session.
        var deserializer = Activator.CreateInstance(otherYaml.GetType("YamlDotNet.Serialization.Deserializer", throwOnError: true)!)!;
        var read = deserializer.GetType().GetMethod("Deserialize", genericParameterCount: 0, [typeof(string)])!.Invoke(deserializer, ["a: 1"]);
        Assert.Equal("1", ((IDictionary<object, object>)read!)["a"]);
        var builder = Activator.CreateInstance(otherNpgsql.GetType("Npgsql.NpgsqlConnectionStringBuilder", throwOnError: true)!, "Host=h")!;
        Assert.Equal("Host=h", builder.ToString());

        Assert.Equal(["10.0", "8.0"], Versions("Npgsql"));
        Assert.Equal(["15.0", "18.0"], Versions("YamlDotNet"));
    }

    [Fact]
    public void Types_for_scripts_are_visible_and_the_same_everywhere()
    {
        Assert.Equal("h", _session.Run("[LangSmithPg.Connections.PgConnectionString]::Parse('u:p@h/d').Connection.HostName").Single.BaseObject);
        Assert.Equal(true, _session.Run("('u:p@h/d' | ConvertFrom-LangSmithPgConnectionString) -is [LangSmithPg.Connections.PgConnectionString]").Single.BaseObject);
    }

    // In a process of its own: what it loads would stay.
    [Fact]
    public async Task A_second_version_is_refused_and_the_loaded_one_goes_on_working()
    {
        using var folder = new TemporaryFolder();
        var other = Directory.CreateDirectory(folder.File("LangSmithPg/0.0.1")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(BuildPaths.ModuleManifest)!))
        {
            File.Copy(file, Path.Join(other, Path.GetFileName(file)));
        }

        var manifest = Path.Join(other, "LangSmithPg.psd1");
        await File.WriteAllTextAsync(
            manifest, Regex.Replace(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken), @"ModuleVersion\s+= '[^']+'", "ModuleVersion = '0.0.1'"), TestContext.Current.CancellationToken);

        var result = await Pwsh.RunAsync(
            $"Import-Module '{BuildPaths.ModuleManifest}'; try {{ Import-Module '{manifest}'; 'imported' }} catch {{ $_.FullyQualifiedErrorId; \"$_\" -match 'Start a new session to use this one' }}; \"$(New-LangSmithPgConnectionString h d -UserName u)\"", folder.Path);

        Assert.Equal(
            ["FormatXmlUpdateException,Microsoft.PowerShell.Commands.ImportModuleCommand", "True", "u@h:5432/d?sslmode=require"],
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void The_module_can_be_removed_and_imported_again()
    {
        var result = _session.Run($"""
            Remove-Module LangSmithPg
            Import-Module '{BuildPaths.ModuleManifest}'
            'u:p@h/d' | New-LangSmithHelmValues | ConvertTo-LangSmithYaml
            """);
        Assert.Empty(result.Errors);
        Assert.StartsWith("postgres:", (string)result.Single.BaseObject, StringComparison.Ordinal);
    }

    [Fact]
    public void Removing_the_module_in_one_session_leaves_it_to_the_others()
    {
        using var other = new ModuleSession();
        other.Run("Remove-Module LangSmithPg").ThrowIfFailed();
        Assert.False(AssemblyLoadContext.Default.LoadFromAssemblyName(new("LangSmithPg.Postgres")).IsDynamic);
        Assert.Equal(false, _session.Run("'u:p@127.0.0.1:1/d' | Test-LangSmithPgReadiness -Quiet").Single.BaseObject);
    }

    static IEnumerable<string> Versions(string name) =>
        AssemblyLoadContext.All.SelectMany(context => context.Assemblies)
            .Where(assembly => assembly.GetName().Name == name)
            .Select(assembly => assembly.GetName().Version!.ToString(2))
            .Order(StringComparer.Ordinal);
}
