using System.Text;
using System.Xml;

namespace Sweeper.Client.Reports;

/// <summary>Text of users and programs as a document can hold it.</summary>
internal static class CleanText
{
    /// <summary>Puts a mark in the place of what XML cannot hold and of signs that turn the direction of the text around them.</summary>
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool held = !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);
            bool turns = rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
            clean.Append(held && !turns ? rune : Rune.ReplacementChar);
        }

        return clean.ToString();
    }
}
