using System.Data.Common;

namespace Attractor.Runs;

/// <summary>The tables of a store, and how those of an earlier version become those of this one.</summary>
/// <remarks>The same words for every database; times are milliseconds since 1970 by the database's clock.</remarks>
internal static class StudySchema
{
    // What leads from each version to the next. Never changed, only added to.
    private static readonly string[][] s_steps =
    [
        [
            "CREATE TABLE attractor_study (name text PRIMARY KEY, plan text NOT NULL, trials bigint NOT NULL, next bigint NOT NULL)",
            "CREATE TABLE attractor_trial (study text NOT NULL, number bigint NOT NULL, state text NOT NULL, due bigint NOT NULL, "
                + "attempt bigint NOT NULL, lost bigint NOT NULL, owner text, parameters text, objectives text, scores text, "
                + "failure text, seconds double precision, ended bigint, PRIMARY KEY (study, number))",
            "CREATE INDEX attractor_trial_due ON attractor_trial (study, due) WHERE state IN ('waiting', 'running')",
        ],
        [
            "CREATE TABLE attractor_report (study text NOT NULL, number bigint NOT NULL, step bigint NOT NULL, "
                + "value double precision NOT NULL, PRIMARY KEY (study, number, step))",
            "CREATE INDEX attractor_trial_ended ON attractor_trial (study, ended)",
        ],
        [
            // SQLite takes any word for a type, and keeps bytes as they are.
            "CREATE TABLE attractor_artifact (study text NOT NULL, number bigint NOT NULL, name text NOT NULL, hash text NOT NULL, "
                + "content bytea NOT NULL, PRIMARY KEY (study, number, name))",
        ],
    ];

    /// <summary>The version that this program reads and writes.</summary>
    public static int Current => s_steps.Length;

    /// <summary>Brings the tables to this version; nothing if they are of it.</summary>
    /// <param name="version">That of the tables; 0 where there are none.</param>
    /// <param name="store">Its name, for messages.</param>
    /// <param name="execute">Runs a statement, all in one transaction.</param>
    /// <exception cref="InvalidDataException">They are of a later version.</exception>
    public static void Migrate(int version, string store, Action<string> execute)
    {
        if (version > Current)
            throw new InvalidDataException(
                $"{store} has version {version} of the tables of a study, and this program knows up to {Current}: take a newer program");
        if (version == 0)
            execute("CREATE TABLE attractor_schema (version bigint NOT NULL)");
        for (int step = version; step < Current; step++)
            foreach (string statement in s_steps[step])
                execute(statement);
        execute("DELETE FROM attractor_schema");
        execute(FormattableString.Invariant($"INSERT INTO attractor_schema (version) VALUES ({Current})"));
    }

    /// <summary>The version of the tables.</summary>
    public static int Read(DbCommand command)
    {
        command.CommandText = "SELECT max(version) FROM attractor_schema";
        return command.ExecuteScalar() is long version && version is > 0 and < int.MaxValue ? (int)version : 0;
    }
}
