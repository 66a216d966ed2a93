using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Core.Tests.Connections;

/// <summary>Every problem, provoked, with the place that its diagnostic names between ⟦ and ⟧.</summary>
public sealed class ConnectionProblemTests
{
    const string Secret = "s3cr3t";

    public static TheoryData<ConnectionProblem, DiagnosticSeverity, string> Texts => new()
    {
        { ConnectionProblem.EmptyText, DiagnosticSeverity.Error, " \n" },
        { ConnectionProblem.UnknownScheme, DiagnosticSeverity.Error, "⟦mysql⟧://u:s3cr3t@h/d" },
        { ConnectionProblem.UnknownScheme, DiagnosticSeverity.Error, "⟦postgresql+asyncpg⟧://u:s3cr3t@h/d" },
        { ConnectionProblem.UnknownScheme, DiagnosticSeverity.Error, "⟦jdbc:postgresql⟧://h/d" },
        { ConnectionProblem.SurroundingWhiteSpace, DiagnosticSeverity.Warning, "u:s3cr3t@h/d⟦\n⟧" },
        { ConnectionProblem.SurroundingWhiteSpace, DiagnosticSeverity.Warning, "⟦\uFEFF⟧u:s3cr3t@h/d" },
        { ConnectionProblem.SurroundingWhiteSpace, DiagnosticSeverity.Warning, "u:⟦%20s3cr3t⟧@h/d" },
        { ConnectionProblem.SurroundingQuotes, DiagnosticSeverity.Error, "⟦\"⟧u:s3cr3t@h/d\"" },
        { ConnectionProblem.SurroundingQuotes, DiagnosticSeverity.Error, "⟦'⟧host=h password=s3cr3t'" },
        { ConnectionProblem.VariableAssignment, DiagnosticSeverity.Error, "⟦POSTGRES_DATABASE_URI=⟧u:s3cr3t@h/d" },
        { ConnectionProblem.VariableAssignment, DiagnosticSeverity.Error, "⟦export X=⟧'u:s3cr3t@h/d'" },
        { ConnectionProblem.VariableAssignment, DiagnosticSeverity.Error, "⟦$env:Uri =⟧ \"u:s3cr3t@h/d\"" },
        { ConnectionProblem.EmptyHost, DiagnosticSeverity.Error, "u:s3cr3t@⟦⟧/d" },
        { ConnectionProblem.EmptyHost, DiagnosticSeverity.Error, "u:s3cr3t@h,⟦⟧/d" },
        { ConnectionProblem.InvalidHost, DiagnosticSeverity.Error, "u:s3cr3t@⟦h!⟧/d" },
        { ConnectionProblem.InvalidHost, DiagnosticSeverity.Error, "u:s3cr3t@⟦[1.2.3.4]⟧/d" },
        { ConnectionProblem.UnbracketedIPv6, DiagnosticSeverity.Error, "u:s3cr3t@⟦::1⟧/d" },
        { ConnectionProblem.UnbracketedIPv6, DiagnosticSeverity.Error, "u:s3cr3t@⟦[::1⟧/d" },
        { ConnectionProblem.UnixSocketHost, DiagnosticSeverity.Error, "u:s3cr3t@⟦%2Frun⟧/d" },
        { ConnectionProblem.SeveralHosts, DiagnosticSeverity.Warning, "u:s3cr3t@h1:1,⟦h2⟧:2/d" },
        { ConnectionProblem.InvalidPort, DiagnosticSeverity.Error, "u:s3cr3t@h:⟦99999⟧/d" },
        { ConnectionProblem.InvalidPort, DiagnosticSeverity.Error, "u:s3cr3t@h:⟦0⟧/d" },
        { ConnectionProblem.InvalidPort, DiagnosticSeverity.Error, "u:s3cr3t@h:⟦5432\0⟧/d" },
        { ConnectionProblem.InvalidPort, DiagnosticSeverity.Error, "host=h1,h2,h3 ⟦port=1,2⟧ dbname=d user=u" },
        { ConnectionProblem.EmptyUserName, DiagnosticSeverity.Error, "⟦⟧:s3cr3t@h/d" },
        { ConnectionProblem.EmptyDatabase, DiagnosticSeverity.Error, "u:s3cr3t@h?dbname=⟦⟧" },
        { ConnectionProblem.InvalidSchema, DiagnosticSeverity.Error, $"Host=h;Database=d;Username=u;⟦Search Path={new string('x', 64)}⟧" },
        { ConnectionProblem.InvalidPercentEncoding, DiagnosticSeverity.Error, "u:s3cr3t⟦%⟧zz@h/d" },
        { ConnectionProblem.InvalidPercentEncoding, DiagnosticSeverity.Error, "u:s3cr3t⟦%⟧FF@h/d" },
        { ConnectionProblem.UnencodedCharacter, DiagnosticSeverity.Warning, "u:s3cr3t⟦@⟧@h/d" },
        { ConnectionProblem.UnencodedCharacter, DiagnosticSeverity.Error, "u:s3cr3t⟦/⟧@h/d" },
        { ConnectionProblem.UnencodedCharacter, DiagnosticSeverity.Error, "u:s3cr3t⟦#⟧@h/d" },
        { ConnectionProblem.UnencodedCharacter, DiagnosticSeverity.Error, "u:s3cr3t⟦?⟧@h/d" },
        { ConnectionProblem.UnencodedCharacter, DiagnosticSeverity.Error, "u:s3cr3t@h/d⟦#⟧x" },
        { ConnectionProblem.UnencodedCharacter, DiagnosticSeverity.Warning, "u:s3cr3t@h/d?application_name=a⟦+⟧b" },
        { ConnectionProblem.InvalidCharacter, DiagnosticSeverity.Error, "u:⟦s3cr3t%00⟧@h/d" },
        { ConnectionProblem.InvalidCharacter, DiagnosticSeverity.Error, "u:⟦s3cr3t\uD83D⟧@h/d" },
        { ConnectionProblem.MalformedParameter, DiagnosticSeverity.Error, "u:s3cr3t@h/d?⟦sslmode⟧" },
        { ConnectionProblem.MalformedParameter, DiagnosticSeverity.Error, "host=h ⟦s⟧3cr3t" },
        { ConnectionProblem.MalformedParameter, DiagnosticSeverity.Error, "Host=h;⟦s⟧3cr3t;Database=d" },
        { ConnectionProblem.UnterminatedQuote, DiagnosticSeverity.Error, "host=h ⟦password⟧='s3cr3t" },
        { ConnectionProblem.UnterminatedQuote, DiagnosticSeverity.Error, "Host=h;⟦Password⟧=\"s3cr3t" },
        { ConnectionProblem.DuplicateParameter, DiagnosticSeverity.Warning, "u:s3cr3t@h/d?sslmode=require&⟦sslmode=prefer⟧" },
        { ConnectionProblem.DuplicateParameter, DiagnosticSeverity.Warning, "u:other@h/d?password=⟦s3cr3t⟧" },
        { ConnectionProblem.UnknownParameter, DiagnosticSeverity.Warning, "u:s3cr3t@h/d?lock_timeout=⟦5⟧" },
        { ConnectionProblem.UnknownParameter, DiagnosticSeverity.Warning, "u:s3cr3t@h/d?⟦ssl=true⟧" },
        { ConnectionProblem.IgnoredKeyword, DiagnosticSeverity.Warning, "Host=h;Database=d;Username=u;Password=s3cr3t;⟦Pooling=false⟧" },
        { ConnectionProblem.InvalidSslMode, DiagnosticSeverity.Error, "u:s3cr3t@h/d?sslmode=⟦on⟧" },
        { ConnectionProblem.WeakSystemRootCertificate, DiagnosticSeverity.Warning, "u:s3cr3t@h/d?sslmode=require&sslrootcert=⟦system⟧" },
        { ConnectionProblem.DuplicateParameter, DiagnosticSeverity.Warning, "u:s3cr3t@h/d?host=⟦i⟧" },
        { ConnectionProblem.DuplicateParameter, DiagnosticSeverity.Warning, "u:s3cr3t@h:1/d?port=⟦2⟧" },
        { ConnectionProblem.DuplicateParameter, DiagnosticSeverity.Warning, "Host=h;⟦Server=i⟧;Database=d;Username=u;Password=s3cr3t" },
        { ConnectionProblem.UnevenPassword, DiagnosticSeverity.Warning, "u:⟦s3cr3t\u00AD⟧@h/d" },
        { ConnectionProblem.UnevenPassword, DiagnosticSeverity.Warning, "u:⟦s3cr3t%C2%B5⟧@h/d" },
        { ConnectionProblem.PlaceholderName, DiagnosticSeverity.Warning, "host=h user=u password=s3cr3t ⟦dbname={your_database}⟧" },
        { ConnectionProblem.PlaceholderName, DiagnosticSeverity.Warning, "Host=h;Database=d;⟦Username=<user>⟧;Password=s3cr3t" },
        { ConnectionProblem.PlaceholderPassword, DiagnosticSeverity.Warning, "Host=h;Database=d;Username=u;⟦Password={your_password}⟧" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Is_found_at_its_place(ConnectionProblem problem, DiagnosticSeverity severity, string marked)
    {
        var (text, span) = Unmark(marked);
        var result = PgConnectionString.Parse(text);
        var diagnostic = Assert.Single(result.Diagnostics, one => one.Problem == problem);
        Assert.Equal(severity, diagnostic.Severity);
        Assert.Equal(span, diagnostic.Span);
        Assert.Equal(severity == DiagnosticSeverity.Warning, result.Connection is not null);
        Assert.DoesNotContain(Secret, string.Join('\n', result.Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_have_no_place()
    {
        var parts = new ConnectionParts { HostName = "h", Database = "d", UserName = "u", Password = LangSmithPg.Common.Secret.From(Secret), IamAuthProvider = IamAuthProvider.Aws, Schema = "" };
        var result = PgConnectionString.FromParts(parts);
        Assert.Equal(
            [ConnectionProblem.InvalidSchema, ConnectionProblem.PasswordWithIam, ConnectionProblem.IamWithoutTls],
            result.Errors.Select(one => one.Problem));
        Assert.All(result.Diagnostics, one => Assert.Null(one.Span));
        Assert.DoesNotContain(Secret, Assert.Throws<ConnectionStringException>(result.Require).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("u:p@h/d?s3cr3t=1&sslmode=none")]
    [InlineData("u:p@h/d?s3cr3t=1&x=%00")]
    public void A_parameter_is_not_named_where_the_text_is_refused_for_another(string text) => Assert.All(
        PgConnectionString.Parse(text).Diagnostics, one => Assert.DoesNotContain(Secret, one.ToString(), StringComparison.Ordinal));

    [Fact]
    public void A_parameter_of_the_parts_is_a_duplicate_too()
    {
        var parts = new ConnectionParts { HostName = "h", Database = "d", UserName = "u", SslMode = SslMode.Prefer, Parameters = [new("sslmode", "require")] };
        var result = PgConnectionString.FromParts(parts);
        Assert.Equal(ConnectionProblem.DuplicateParameter, Assert.Single(result.Diagnostics).Problem);
        Assert.Equal("u@h:5432/d?sslmode=require", result.Require().ToPlainText());
    }

    [Fact]
    public void Is_tested_each()
    {
        var inTexts = Texts.Select(row => row.Data.Item1);
        ConnectionProblem[] elsewhere = [ConnectionProblem.PasswordWithIam, ConnectionProblem.IamWithoutTls, ConnectionProblem.TextTooLong];
        Assert.Empty(Enum.GetValues<ConnectionProblem>().Except(inTexts).Except(elsewhere));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('@')]
    [InlineData('%')]
    [InlineData('\0')]
    public void A_mebibyte_is_too_long(char character)
    {
        var result = PgConnectionString.Parse(new string(character, 1 << 20));
        Assert.Equal(ConnectionProblem.TextTooLong, Assert.Single(result.Diagnostics).Problem);
        Assert.Null(result.Connection);
    }

    static (string Text, TextSpan? Span) Unmark(string marked)
    {
        var start = marked.IndexOf('⟦', StringComparison.Ordinal);
        var end = marked.IndexOf('⟧', StringComparison.Ordinal);
        return start < 0 ? (marked, null) : (marked.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal), TextSpan.FromBounds(start, end - 1));
    }
}
