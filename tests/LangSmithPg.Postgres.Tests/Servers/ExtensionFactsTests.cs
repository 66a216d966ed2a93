using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Postgres.Tests.Servers;

public sealed class ExtensionFactsTests(SharedServers servers)
{
    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task What_is_missing_is_available_and_trusted_as_the_real_attempt_shows(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));
        await tenant.AskAsync($"GRANT CREATE ON DATABASE {tenant.QuotedDatabase} TO {tenant.QuotedRole}");

        var extensions = (await tenant.Parts.FactsAsync()).Extensions;

        Assert.Equal(Requirements.Extensions, extensions.Select(extension => extension.Name));
        foreach (var extension in extensions)
        {
            Assert.Equal((null, null, null), (extension.InstalledVersion, extension.Schema, extension.Owner));
            Assert.Equal(
                await tenant.AskAsync($"SELECT default_version FROM pg_available_extensions WHERE name = '{extension.Name}'"),
                extension.AvailableVersion);
            Assert.Equal(await tenant.CanAsync($"CREATE EXTENSION {extension.Name}"), extension.Trusted);
        }
    }

    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task What_is_installed_says_where_and_whose_it_is(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));
        await tenant.AskAsync($"GRANT CREATE ON DATABASE {tenant.QuotedDatabase} TO {tenant.QuotedRole}");
        await tenant.AskAsync("CREATE SCHEMA \"Other place\"; CREATE EXTENSION citext SCHEMA \"Other place\" VERSION '1.4'");
        await tenant.AskAsRoleAsync("CREATE EXTENSION ltree");

        var facts = await tenant.Parts.FactsAsync();

        var citext = facts.Extensions.Single(extension => extension.Name == "citext");
        var ltree = facts.Extensions.Single(extension => extension.Name == "ltree");
        Assert.Equal(("1.4", "Other place", tenant.Server.SuperUserName), (citext.InstalledVersion, citext.Schema, citext.Owner));
        var newest = await tenant.AskAsync("SELECT default_version FROM pg_available_extensions WHERE name = 'ltree'");
        Assert.Equal((newest, "public", tenant.Role), (ltree.InstalledVersion, ltree.Schema, ltree.Owner));

        // What could be installed is asked only where something is missing.
        Assert.NotNull(citext.AvailableVersion);
        Assert.Null(citext.Trusted);
    }

    [Fact]
    public async Task Whether_they_are_trusted_is_asked_only_where_that_decides()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        var admin = tenant.Parts with { UserName = tenant.Server.SuperUserName, Password = tenant.Server.Parts().Password };

        // One may not create in the database, the other may install whatever there is.
        foreach (var facts in new[] { await tenant.Parts.FactsAsync(), await admin.FactsAsync() })
        {
            Assert.All(facts.Extensions, extension => Assert.NotNull(extension.AvailableVersion));
            Assert.All(facts.Extensions, extension => Assert.Null(extension.Trusted));
        }
    }

    [Fact]
    public async Task A_broken_control_file_of_another_extension_costs_nothing_but_the_list()
    {
        var files = Directory.CreateTempSubdirectory("langsmithpg-");
        try
        {
            // The servers run as another user where the tests run as root.
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(files.FullName, (UnixFileMode)0b111_101_101);
            }

            Directory.CreateDirectory(Path.Join(files.FullName, "extension"));
            await File.WriteAllTextAsync(Path.Join(files.FullName, "extension", "thirdparty.control"), "this is = = no control file\n", TestContext.Current.CancellationToken);
            await using var server = await Sandbox.Tests.Servers.StartAsync(new()
            {
                Major = 18, Settings = new Dictionary<string, string> { ["extension_control_path"] = $"{files.FullName}:$system" },
            });
            var rehearsed = await server.Parts().RehearseAsync();
            var observation = rehearsed.Observation;
            Assert.Null(observation.Failure);
            Assert.Contains("thirdparty", observation.Facts!.ControlFileError, StringComparison.Ordinal);
            var report = rehearsed.Evaluate(new(2026, 11, 23));
            var finding = Assert.Single(report.Findings, finding => finding.Id == "Extension.citext");
            Assert.Equal(FindingStatus.Unknown, finding.Status);
            Assert.Contains("thirdparty", finding.Message, StringComparison.Ordinal);
            Assert.Equal(FindingStatus.Pass, Assert.Single(report.Findings, one => one.Id == "Rehearsal.Extension.citext").Status);
            Assert.True(report.IsReady);
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }
}
