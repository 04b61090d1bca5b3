using System.Text;

namespace Attractor.Cli.Tests;

/// <summary>A printed command as a shell takes it apart: single quotes keep a word together.</summary>
internal static class ShellWords
{
    /// <summary>The words after the name of the program.</summary>
    public static string[] Of(string command)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool quoted = false;
        foreach (char c in command)
        {
            if (c == '\'')
                quoted = !quoted;
            else if (c == ' ' && !quoted)
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else
                word.Append(c);
        }
        words.Add(word.ToString());
        return [.. words.Skip(1)];
    }
}
