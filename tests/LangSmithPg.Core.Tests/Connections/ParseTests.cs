using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Core.Tests.Connections;

/// <summary>The forms in which people keep connection strings.</summary>
public sealed class ParseTests
{
    [Theory]
    [InlineData("u:p@h/d", ConnectionStringFormat.LangSmith, "u:p@h:5432/d")]
    [InlineData("u:p%40%2F@db.example.com:6543/my%20db?sslmode=verify-full&sslrootcert=system", ConnectionStringFormat.LangSmith, "u:p%40%2F@db.example.com:6543/my%20db?sslmode=verify-full&sslrootcert=system")]
    [InlineData("sa%40project.iam@h/d?sslmode=require", ConnectionStringFormat.LangSmith, "sa%40project.iam@h:5432/d?sslmode=require")]
    [InlineData("u:p@[2001:db8::1]:5433/d", ConnectionStringFormat.LangSmith, "u:p@[2001:db8::1]:5433/d")]
    [InlineData("u:p@[fe80::1%25eth0]/d", ConnectionStringFormat.LangSmith, "u:p@[fe80::1%25eth0]:5432/d")]
    [InlineData("u:p@h1,h2:5433/d", ConnectionStringFormat.LangSmith, "u:p@h1:5432,h2:5433/d")]
    [InlineData("u:a@b@h/d", ConnectionStringFormat.LangSmith, "u:a%40b@h:5432/d")]
    [InlineData("  u:p@h/d\r\n", ConnectionStringFormat.LangSmith, "u:p@h:5432/d")]
    [InlineData("postgres://u@h/d", ConnectionStringFormat.Url, "u@h:5432/d")]
    [InlineData("POSTGRESQL://u@h/d?ssl=true", ConnectionStringFormat.Url, "u@h:5432/d?sslmode=require")]
    [InlineData("postgresql://h/d?user=u&password=p", ConnectionStringFormat.Url, "u:p@h:5432/d")]
    [InlineData("host=h port=5433 dbname=d user=u password='p w'", ConnectionStringFormat.KeyValue, "u:p%20w@h:5433/d")]
    [InlineData("password='a;b' host = h dbname=d user='u\\'v'", ConnectionStringFormat.KeyValue, "u%27v:a%3Bb@h:5432/d")]
    [InlineData("password=a;b host=h dbname=d user=u", ConnectionStringFormat.KeyValue, "u:a%3Bb@h:5432/d")]
    [InlineData("host = 'h' dbname = 'd' user = 'u;DB=x'", ConnectionStringFormat.KeyValue, "u%3BDB%3Dx@h:5432/d")]
    [InlineData("host=h dbname=d user='u;DB=x'", ConnectionStringFormat.KeyValue, "u%3BDB%3Dx@h:5432/d")]
    [InlineData("password='it''s;';host=h;database=d;username=u", ConnectionStringFormat.AdoNet, "u:it%27s%3B@h:5432/d")]
    [InlineData("\uFEFFHost=h;Database=d;Username=u;Password=p\uFEFF", ConnectionStringFormat.AdoNet, "u:p%EF%BB%BF@h:5432/d")]
    [InlineData("host=h1,h2 port=5433 dbname=d user=u", ConnectionStringFormat.KeyValue, "u@h1:5433,h2:5433/d")]
    [InlineData("Host=h;Port=5433;Database=d;Username=u;Password=\"p;\"\"w\";SSL Mode=VerifyFull", ConnectionStringFormat.AdoNet, "u:p%3B%22w@h:5433/d?sslmode=verify-full")]
    [InlineData("Server=h;Database=d;Port=5432;User Id=u;Password=p;Ssl Mode=Require;", ConnectionStringFormat.AdoNet, "u:p@h:5432/d?sslmode=require")]
    [InlineData("host=h;port=5433;database=d;username=u", ConnectionStringFormat.AdoNet, "u@h:5433/d")]
    [InlineData("host=h; database=d; user id=u; password='a b'", ConnectionStringFormat.AdoNet, "u:a%20b@h:5432/d")]
    [InlineData("password='x;y'; host=h; database=d; username=u;", ConnectionStringFormat.AdoNet, "u:x%3By@h:5432/d")]
    public void Reads(string text, ConnectionStringFormat format, string expected)
    {
        var result = PgConnectionString.Parse(text);
        Assert.Equal(format, result.Format);
        Assert.Equal(expected, result.Require().ToPlainText());
    }

    [Fact]
    public void Keeps_every_character_in_a_password()
    {
        var characters = Enumerable.Range(1, 0x17F).Concat([0x2028, 0x3000, 0xFEFF, 0xFFFD, 0xFFFF, 0x1F600, 0x10FFFF]).Select(char.ConvertFromUtf32);
        foreach (var character in characters)
        {
            foreach (var password in new[] { character, $"{character}x", $"x{character}", $"%{character}", $"a{character}b{character}@" })
            {
                var connection = new ConnectionParts { HostName = "h", Database = "d", UserName = "u", Password = Secret.From(password) };
                var text = PgConnectionString.FromParts(connection).Require().ToPlainText();
                Assert.Equal(password, PgConnectionString.Parse(text).Require().Password!.Reveal());
                Assert.True(text.All(one => char.IsAsciiLetterOrDigit(one) || "-._~%:@/".Contains(one, StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public void Shows_itself_masked()
    {
        var connection = PgConnectionString.Parse("u:s3cr3t@h/d?sslpassword=s3cr3t").Require();
        Assert.Equal("u:****@h:5432/d?sslpassword=****", connection.ToString());
        Assert.Equal("****", connection.Password!.ToString());
    }

    // The longest text that is read at all, in the forms that make most work.
    [Theory]
    [InlineData("u:p@h/d?", "a=b&")]
    [InlineData("host=h ", "user=u ")]
    [InlineData("Host=h;", "Port=1;")]
    [InlineData("u:p@", "h,")]
    [InlineData("u:", "@")]
    [InlineData("", "%41")]
    [InlineData("u:p@h/d?x", "xy=b&xy")]
    public void Is_quick_with_long_texts(string start, string piece)
    {
        var text = start + string.Concat(Enumerable.Repeat(piece, (65_536 - start.Length) / piece.Length));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        PgConnectionString.Parse(text);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 5_000);
    }
}
