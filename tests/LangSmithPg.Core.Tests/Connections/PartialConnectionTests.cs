using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Core.Tests.Connections;

public class PartialConnectionTests
{
    static readonly PartialConnection s_row = new() { HostName = "h", Port = 1, Database = "d", UserName = "u", Password = Secret.From("p"), SslMode = SslMode.VerifyFull, Schema = "s" };

    [Fact]
    public void What_is_known_goes_before_what_another_knows()
    {
        var merged = new PartialConnection { Database = "e", SslMode = SslMode.Require }.Or(s_row).Complete().Require();
        Assert.Equal("u:p@h:1/e?sslmode=require", merged.ToPlainText());
        Assert.Equal("s", merged.Schema);
    }

    [Theory]
    [InlineData("u", "p")]
    [InlineData("v", null)]
    public void A_password_goes_with_its_user(string user, string? password)
    {
        PartialConnection changes = new() { UserName = user };
        Assert.Equal(password, changes.Or(s_row).Password?.Reveal());
        Assert.Equal(password, s_row.Complete().Require().With(changes).Require().Password?.Reveal());
        Assert.Equal(password, PgConnectionString.Parse("u:p@h/d", changes).Require().Password?.Reveal());
        Assert.Equal("p", changes.Or(s_row with { UserName = null }).Password?.Reveal());
    }

    [Theory]
    [InlineData("postgresql://h/d", "v:q@h:5432/d")]
    [InlineData("u:p@h,i/d?sslmode=disable&application_name=x", "v:q@h:5432,i:5432/d?sslmode=disable&application_name=x")]
    [InlineData("host=h dbname=d sslmode=require", "v:q@h:5432/d?sslmode=require")]
    public void A_text_gets_what_it_lacks(string text, string plain) =>
        Assert.Equal(plain, PgConnectionString.Parse(text, new() { UserName = "v", Password = Secret.From("q") }).Require().ToPlainText());

    [Fact]
    public void Every_part_of_a_text_can_be_another()
    {
        PartialConnection changes = new()
        {
            HostName = "i", Port = 2, Database = "e", UserName = "v", Password = Secret.From("q"), SslMode = SslMode.VerifyCa, Schema = "t",
        };
        var changed = PgConnectionString.Parse("u:p@h:1/d?application_name=x&sslmode=disable", changes).Require();
        Assert.Equal("v:q@i:2/e?sslmode=verify-ca&application_name=x", changed.ToPlainText());
        Assert.Equal("t", changed.Schema);
        Assert.Equal(changed, PgConnectionString.Parse("u:p@h:1/d?application_name=x&sslmode=disable").Require().With(changes).Require());
        Assert.Equal(ConnectionProblem.PasswordWithIam, Assert.Single(PgConnectionString.Parse("u:p@h/d?sslmode=require", new() { IamAuthProvider = IamAuthProvider.Azure }).Errors).Problem);
    }

    [Fact]
    public void Nothing_is_changed_by_nothing() => Assert.Equal("u:p@h:5432/d", PgConnectionString.Parse("u:p@h/d", new()).Require().ToPlainText());
}
