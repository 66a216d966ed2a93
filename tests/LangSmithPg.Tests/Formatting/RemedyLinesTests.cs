using System.Text;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Formatting;

/// <summary>Remedies as views break them: pasted from the screen, they are what they were.</summary>
public sealed class RemedyLinesTests : IDisposable
{
    const string Order = "DROP SCHEMA public CASCADE;";

    readonly ModuleSession _session = new();

    public static TheoryData<string, string> Fixes => new()
    {
        { "Sql", $"GRANT \"a {Order} --{new string('x', 90)}\" TO \"langsmith\"; -- or hand over what a {Order} --{new string('x', 90)} owns with Set-LangSmithPgOwner; do not do it for a cloud's admin role" },
        { "Sql", $"GRANT \"o'brien\" TO \"x\"; -- as a superuser, or a role with ADMIN OPTION on o'brien; afterwards: REVOKE \"o'brien\" FROM \"x\"; {Order}" },
        { "Sql", $"GRANT \"line\n{Order}\" TO \"langsmith\";\nGRANT \"other\" TO \"langsmith\"; -- {Order}" },
        { "Sql", $"SECURITY LABEL FOR pgaadauth ON ROLE \"a\" IS 'aadauth -- {Order}';" },
        { "Sql", $"-- in database postgres, as a Microsoft Entra admin, and then {Order} said nobody who wanted it to be run at all:\nSELECT * FROM pgaadauth_create_principal('it''s\n{Order}', false, false);" },
        { "Text", $"Move LangSmith's own objects one by one, as that role, don't do it all at once: ALTER TABLE … OWNER TO \"very old {Order}\";" },
        { "Sql", $"CREATE SCHEMA \"a\"; -- {new string('-', 60)}DROP/**/SCHEMA/**/public;" },
        { "Sql", $"CREATE SCHEMA \"a\"; -- {string.Concat(Enumerable.Repeat("\U0001F600", 40))}" },
        { "Ini", "; pgbouncer.ini\npool_mode = session\nignore_startup_parameters = search_path, lock_timeout, extra_float_digits, options" },
    };

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Fixes))]
    public void No_width_lets_a_name_or_a_comment_out(string kind, string fix)
    {
        for (var width = 24; width < 200; width += 7)
        {
            var lines = Lines(kind, fix, width);

            var pasted = string.Join('\n', lines);
            Assert.DoesNotContain("DROP", WithoutQuotesAndComments(pasted, kind == "Sql"), StringComparison.Ordinal);
            // Nothing is lost, and what is too long could not be broken.
            Assert.Equal(Bare(fix), Bare(pasted));
            Assert.All(lines, line => Assert.True(line.Length <= width || !line.StartsWith("-- ", StringComparison.Ordinal), line));
        }
    }

    [Fact]
    public void What_fits_is_left_alone_and_a_comment_goes_below() => Assert.Equal(
        [
            "GRANT \"a b\" TO \"c\"; -- as a superuser",
            "GRANT CREATE ON DATABASE \"a b\" TO",
            "\"langsmith\";",
            "-- or hand over what somebody else",
            "-- owns",
        ],
        Lines("Sql", "GRANT \"a b\" TO \"c\"; -- as a superuser\nGRANT CREATE ON DATABASE \"a b\" TO \"langsmith\"; -- or hand over what somebody else owns", 37));

    [Theory]
    [InlineData("Shell", "az postgres flexible-server parameter set --name azure.extensions --value \"PGCRYPTO,VECTOR\" --resource-group <group> --server-name <server>")]
    [InlineData("Shell", "# Add the extensions that SHOW azure.extensions lists to the value: the command replaces the list.\naz postgres flexible-server parameter set --name azure.extensions")]
    [InlineData("Shell", "Set-LangSmithIamAnnotations -ClientId 0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a -Path '/home/me/my charts -- prod; old/langsmith values.yaml'")]
    [InlineData("Ini", "; pgbouncer.ini\npool_mode = session\nignore_startup_parameters = search_path, lock_timeout, extra_float_digits, options")]
    public void A_command_is_left_whole(string kind, string fix) => Assert.Equal(fix.Split('\n'), Lines(kind, fix, 24));

    [Fact]
    public void Words_are_broken_and_keep_their_apostrophes() =>
        Assert.Equal(["Let the server's", "admin do it,", "don't do it", "yourself."], Lines("Text", "Let the server's admin do it, don't do it yourself.", 17));

    string[] Lines(string kind, string fix, int width)
    {
        _session.Set("kind", kind);
        _session.Set("fix", fix);
        _session.Set("width", width);
        return [.. _session.Run("[LangSmithPg.Formatting.RemedyLines]::Of([LangSmithPg.Common.Remedy]::new($kind, $fix), $width)").Output.Select(line => (string)line.BaseObject)];
    }

    static string Bare(string text) => text.Replace("-- ", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    // As a server reads SQL; in words, only quotation marks count.
    static string WithoutQuotesAndComments(string text, bool isSql)
    {
        var left = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var end = text[at] == '"' || (text[at] == '\'' && isSql) ? text.IndexOf(text[at], at + 1)
                : text.AsSpan(at).StartsWith("-- ") ? text.IndexOf('\n', at)
                : at;
            if (end == at)
            {
                left.Append(text[at]);
            }

            at = end < 0 ? text.Length : end;
        }

        return left.ToString();
    }
}
