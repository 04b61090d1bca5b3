using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Attractor.Runs;

/// <summary>A study in a file beside its runs, for the workers of one machine.</summary>
/// <remarks>
/// With a log written ahead (WAL), so that readers and the one writer do not wait for each other. That takes memory which the processes
/// share: the file must not lie on a network's file system.
/// </remarks>
internal sealed class SqliteStore(string file, string study) : StudyStore(study)
{
    private const int NotADatabase = 26, Corrupt = 11, Busy = 5, Locked = 6, CannotOpen = 14, Full = 13, ReadOnly = 8, SystemError = 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public override string Name => file;

    protected override string Now => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    // There is one writer at a time.
    protected override string SkipTaken => "";

    protected override DbConnection Connect()
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(file),
            Pooling = false,
            DefaultTimeout = (int)s_patience.TotalSeconds,
        }.ToString());
        try
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = FormattableString.Invariant(
                $"PRAGMA busy_timeout = {(int)s_patience.TotalMilliseconds}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
                + " PRAGMA trusted_schema = OFF";
            command.ExecuteNonQuery();
            if (Version(connection) != StudySchema.Current)
                Migrate(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override DbTransaction Begin(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    protected override bool IsPassing(DbException e) => e is SqliteException { SqliteErrorCode: Busy or Locked };

    protected override Exception Translated(DbException e) => ((SqliteException)e).SqliteErrorCode switch
    {
        NotADatabase or Corrupt => new InvalidDataException(
            $"{file} is damaged, or no file of a study: attractor study rebuild STUDY makes it anew from the folders of the trials", e),
        CannotOpen => new IOException($"{file} cannot be opened", e),
        Full => DiskSpace.Full($"{file} cannot be written: the disk is full"),
        SystemError => new IOException($"{file} cannot be written: {e.Message}", e),
        ReadOnly => new UnauthorizedAccessException($"{file} cannot be written: it is read-only"),
        Busy or Locked => new IOException($"{file} has been busy for too long: give the study fewer workers, or PostgreSQL", e),
        _ => new InvalidDataException(
            $"{file} does not answer as a study does ({e.Message}): attractor study rebuild STUDY makes it anew", e),
    };

    private void Migrate(SqliteConnection connection)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        Statements statements = new(connection, transaction);
        // Another process may have been quicker.
        int version = Version(connection, transaction);
        if (version == 0 && (long)statements.Scalar("SELECT count(*) FROM sqlite_master")! > 0)
            throw new InvalidDataException($"{file} is a database of something else: name another file");
        if (version != StudySchema.Current)
            StudySchema.Migrate(version, file, statement => statements.Execute(statement));
        transaction.Commit();
    }

    private static int Version(SqliteConnection connection, SqliteTransaction? transaction = null)
    {
        Statements statements = new(connection, transaction);
        if ((long)statements.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'attractor_schema'")! == 0)
            return 0;
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        return StudySchema.Read(command);
    }
}
