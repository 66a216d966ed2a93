using LangSmithPg.Common;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("db.example.com:5432/langsmith", "db.example.com:5432/langsmith")]
    [InlineData("Zoë 数据库 שלום", "Zoë 数据库 שלום")]
    [InlineData("👩‍💻 نمی‌خواهم", "👩‍💻 نمی‌خواهم")]
    [InlineData("a\r\nb\n\tc", "a\nb\n\tc")]
    [InlineData("a\rb\0\u0007\u001b[31m", "a␍b␀␇␛[31m")]
    [InlineData("\u007f\u0085", "⟨U+007F⟩⟨U+0085⟩")]
    [InlineData("user\u202Etxt.exe\u2066\u200B\uFEFF\u2028", "user⟨U+202E⟩txt.exe⟨U+2066⟩⟨U+200B⟩⟨U+FEFF⟩⟨U+2028⟩")]
    [InlineData("\uFFFE\U000E0041", "⟨U+FFFE⟩⟨U+E0041⟩")]
    public void What_is_hidden_is_shown(string text, string visible) => Assert.Equal(visible, VisibleText.Of(text));

    [Fact]
    public void Half_a_character_becomes_a_whole_one() => Assert.Equal("a\uFFFDb\uFFFD", VisibleText.Of("a\uD800b\uDC00"));

    [Fact]
    public void A_line_is_one() => Assert.Equal("a b c", VisibleText.Line("a\nb\tc"));
}
