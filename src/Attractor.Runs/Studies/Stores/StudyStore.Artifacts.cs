using System.Globalization;
using System.Security.Cryptography;

namespace Attractor.Runs;

internal abstract partial class StudyStore
{
    /// <summary>Bytes of all files of a trial that a store takes at most.</summary>
    public const long MostArtifactBytes = 256L << 20;

    /// <summary>Keeps files of a trial in place of those that were there.</summary>
    /// <exception cref="LeaseLostException">It is another worker's.</exception>
    public void Keep(TrialLease lease, IReadOnlyList<(string Name, byte[] Content)> files) => Transact(s =>
    {
        Require(s, lease);
        s.Execute(
            "DELETE FROM attractor_artifact WHERE study = @study AND number = @number", ("study", Study), ("number", lease.Number));
        foreach ((string name, byte[] content) in files)
            s.Execute(
                "INSERT INTO attractor_artifact (study, number, name, hash, content) VALUES (@study, @number, @name, @hash, @content)",
                ("study", Study), ("number", lease.Number), ("name", name), ("hash", Hash(content)), ("content", content));
        return 0;
    });

    /// <summary>The files of a trial.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or larger than a store takes.</exception>
    public IReadOnlyList<(string Name, byte[] Content)> Artifacts(long number) => Ask(s =>
    {
        long bytes = s.Rows(
            "SELECT length(content) FROM attractor_artifact WHERE study = @study AND number = @number",
            r => Convert.ToInt64(r.GetValue(0), CultureInfo.InvariantCulture),
            ("study", Study), ("number", number)).Sum();
        if (bytes > MostArtifactBytes)
            throw new InvalidDataException(FormattableString.Invariant(
                $"{Name} holds {bytes:N0} bytes of trial {number}, and a study keeps {MostArtifactBytes:N0} there at most"));
        return s.Rows(
            "SELECT name, hash, content FROM attractor_artifact WHERE study = @study AND number = @number ORDER BY name",
            r => (Name: r.GetString(0), Hash: r.GetString(1), Content: r.GetValue(2) as byte[] ?? []),
            ("study", Study), ("number", number)).ConvertAll(f => Hash(f.Content) == f.Hash
                ? (f.Name, f.Content)
                : throw new InvalidDataException($"{Name}: {f.Name} of trial {number} is damaged, its checksum is another"));
    });

    /// <summary>The trials of which there are files.</summary>
    public IReadOnlyList<long> WithArtifacts() => Ask(s => s.Rows(
        "SELECT DISTINCT number FROM attractor_artifact WHERE study = @study ORDER BY number", r => r.GetInt64(0), ("study", Study)));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
