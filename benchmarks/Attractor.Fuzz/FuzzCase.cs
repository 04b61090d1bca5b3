namespace Attractor.Fuzz;

/// <summary>One command with the files that it reads, of which some are damaged.</summary>
/// <param name="Words">The command line.</param>
/// <param name="Damaged">What was damaged, for whoever looks at a finding.</param>
internal sealed record FuzzCase(string[] Words, string Damaged)
{
    private const int OneInFour = 4;

    /// <summary>The case of a number, in a folder that holds whole files.</summary>
    public static FuzzCase Make(string folder, Random random)
    {
        (string line, string[] files) = FuzzCommands.All[random.Next(FuzzCommands.All.Length)];
        string[] words = line.Split(' ');
        string damaged = "";
        if (files.Length > 0 && random.Next(OneInFour) != 0)
        {
            string name = files[random.Next(files.Length)], path = Path.Combine(folder, name);
            byte[] bytes = File.ReadAllBytes(path);
            if (random.Next(OneInFour) != 0)
                HideChecksum(bytes);
            bool isJson = name.EndsWith(".json", StringComparison.Ordinal);
            File.WriteAllBytes(path, isJson && random.Next(OneInFour) != 0 ? Settings.Damage(bytes, random) : Bytes.Damage(bytes, random));
            damaged = name;
        }
        if (damaged.Length == 0 || random.Next(OneInFour) == 0)
            words = Arguments.Damage(words, random);
        return new(words, damaged);
    }

    // Files of before had none: without it, damage reaches what reads the numbers.
    public static void HideChecksum(byte[] bytes)
    {
        int at = bytes.AsSpan().IndexOf("\"sha256\":"u8);
        if (at >= 0)
            bytes[at + 1] = (byte)'x';
    }
}
