using LangSmithPg.Readiness;

namespace LangSmithPg.Postgres.Tests.Facts;

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
        Assert.NotEqual(citext.InstalledVersion, citext.AvailableVersion);
        Assert.Equal((ltree.AvailableVersion, "public", tenant.Role), (ltree.InstalledVersion, ltree.Schema, ltree.Owner));
        Assert.Equal((null, null), (citext.Trusted, ltree.Trusted));
    }
}
