using System.Text;

namespace Attractor.Data;

/// <summary>The lines of a text, of which no more is kept than a line may have: a file may hold no end of one.</summary>
internal sealed class BoundedLines(StreamReader reader)
{
    private bool _isAfterReturn;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line, without its end.</summary>
    /// <param name="longest">The most characters that it may have.</param>
    /// <returns>Null after the last.</returns>
    /// <exception cref="InvalidDataException">It is longer.</exception>
    public string? Next(int longest)
    {
        StringBuilder text = new();
        for (int c = reader.Read(); c >= 0; c = reader.Read())
        {
            bool isOfReturn = _isAfterReturn && c is '\n';
            _isAfterReturn = c is '\r';
            if (isOfReturn)
                continue;
            if (c is '\n' or '\r')
            {
                Number++;
                return text.ToString();
            }
            if (text.Length == longest)
                throw new InvalidDataException($"line {Number + 1} is longer than {longest} characters; write the values as .npz or .csv");
            text.Append((char)c);
        }
        if (text.Length == 0)
            return null;
        Number++;
        return text.ToString();
    }
}
