using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Attractor.Runs;

/// <summary>Studies in a PostgreSQL database, for workers on many machines.</summary>
internal sealed class PostgresStore(StoreAddress address, string study) : StudyStore(study)
{
    // Any number that others are not likely to lock: it keeps two workers from making the tables at once.
    private const long SchemaLock = 0x617474726163746f;

    public override string Name => address.ToString();

    protected override string Now => "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)";

    protected override string SkipTaken => "FOR UPDATE SKIP LOCKED";

    protected override DbConnection Connect()
    {
        NpgsqlConnection connection = new(address.ConnectionString);
        try
        {
            connection.Open();
            if (Version(connection) != StudySchema.Current)
                Migrate(connection);
            return connection;
        }
        catch (Exception e) when (e is SocketException or TimeoutException or IOException)
        {
            connection.Dispose();
            throw new NpgsqlException(e.Message, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override DbTransaction Begin(DbConnection connection) => connection.BeginTransaction();

    // A server that starts or stops, deadlocks and serialisation failures among them; a wrong password is not.
    protected override bool IsPassing(DbException e) => e is PostgresException known
        ? known.IsTransient || known.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow
        : e is NpgsqlException;

    protected override Exception Translated(DbException e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            new IOException($"{Name} refuses the user or the password: PGPASSWORD holds it, or ~/.pgpass"),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new IOException(
            $"{Name}: there is no such database; createdb makes it"),
        PostgresException known => new IOException($"{Name} answers: {address.WithoutPassword(known.MessageText)}"),
        _ => new IOException($"{Name} does not answer: {address.WithoutPassword(e.InnerException?.Message ?? e.Message)}"),
    };

    private void Migrate(NpgsqlConnection connection)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Statements statements = new(connection, transaction);
        statements.Scalar(FormattableString.Invariant($"SELECT pg_advisory_xact_lock({SchemaLock})"));
        int version = Version(connection);
        if (version != StudySchema.Current)
            StudySchema.Migrate(version, Name, statement => statements.Execute(statement));
        transaction.Commit();
    }

    private static int Version(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = "SELECT to_regclass('attractor_schema')::text";
        return command.ExecuteScalar() is string ? StudySchema.Read(command) : 0;
    }
}
