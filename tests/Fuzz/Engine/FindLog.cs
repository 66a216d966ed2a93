using System.Security.Cryptography;
using LangSmithPg.Common;

namespace LangSmithPg.Fuzz.Engine;

/// <summary>The folder with the inputs that broke a promise: one of each kind, with the reason beside it.</summary>
sealed class FindLog(string folder)
{
    const int MostOfAKind = 3;

    /// <summary>How many there are.</summary>
    public int Count => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt").Length : 0;

    /// <summary>Keeps an input, unless others of its kind are there.</summary>
    /// <param name="kind">What is the same for all inputs that break the same thing.</param>
    /// <param name="input">The input.</param>
    /// <param name="reason">What happened.</param>
    /// <returns>Whether it was kept.</returns>
    public bool Add(string kind, byte[] input, string reason)
    {
        Directory.CreateDirectory(folder);
        var name = Hash(System.Text.Encoding.UTF8.GetBytes(kind));
        var same = Directory.GetFiles(folder, $"{name}-*.bin").Length;
        if (same >= MostOfAKind)
        {
            return false;
        }

        File.WriteAllBytes(Path.Combine(folder, $"{name}-{same}.bin"), input);
        File.WriteAllText(Path.Combine(folder, $"{name}-{same}.txt"), $"{VisibleText.Of(reason)}\n");
        return true;
    }

    /// <summary>A name for bytes.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
}
