using System.Security.Cryptography;
using LangSmithPg.Common;

namespace LangSmithPg.Connections.Passwords;

/// <summary>Passwords that nobody has to type: ASCII letters and digits, which every driver, URL and shell takes as they are.</summary>
static class GeneratedPassword
{
    // 238 bits.
    const int Length = 40;

    const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Makes a new one. It has a capital letter, a small letter and a digit, as the policies of clouds demand.</summary>
    public static Secret Create()
    {
        while (true)
        {
            var text = RandomNumberGenerator.GetString(Characters, Length);
            if (text.Any(char.IsAsciiLetterUpper) && text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiDigit))
            {
                return Secret.From(text)!;
            }
        }
    }
}
