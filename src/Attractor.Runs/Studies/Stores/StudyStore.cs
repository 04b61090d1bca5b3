using System.Data.Common;

namespace Attractor.Runs;

/// <summary>Where a study keeps which trials there are, who works on them and what came out: an index of the folders.</summary>
/// <remarks>
/// One connection, which threads take in turn. A database that goes away for a while is waited for: what is asked of it is asked again.
/// Every value is handed over as a parameter, never as a part of a statement.
/// </remarks>
internal abstract partial class StudyStore(string study) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2), s_pause = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private DbConnection? _connection;

    /// <summary>As messages name it, without a password.</summary>
    public abstract string Name { get; }

    /// <summary>The study that is asked about.</summary>
    public string Study => study;

    /// <summary>Milliseconds since 1970 by the database's clock.</summary>
    protected abstract string Now { get; }

    /// <summary>What a selection says in order to take rows that nobody else is taking.</summary>
    protected abstract string SkipTaken { get; }

    /// <summary>Opens a connection to tables of this version.</summary>
    protected abstract DbConnection Connect();

    /// <summary>A transaction that other writers wait for, or that waits for them, from its beginning.</summary>
    protected abstract DbTransaction Begin(DbConnection connection);

    /// <summary>Whether the database went away, or is busy, and may answer later.</summary>
    protected abstract bool IsPassing(DbException e);

    /// <summary>What is wrong, in a sentence that holds no password.</summary>
    protected abstract Exception Translated(DbException e);

    /// <summary>Opens the store now rather than when it is first asked.</summary>
    /// <param name="awaited">Where a store that does not answer yet is waited for, whom to tell and when to give up.</param>
    public void Open(StoreWait? awaited = null)
    {
        DateTime until = DateTime.UtcNow + s_patience;
        bool told = false;
        while (true)
        {
            lock (_gate)
                try
                {
                    _connection ??= Connect();
                    return;
                }
                catch (DbException e)
                {
                    if (awaited is null || !IsPassing(e) || DateTime.UtcNow > until)
                        throw Translated(e);
                    if (!told)
                        awaited.Messages?.Report($"{Translated(e).Message}: waiting for it");
                    told = true;
                }
            awaited.Token.WaitHandle.WaitOne(s_pause);
            awaited.Token.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
            Drop();
    }

    /// <summary>Runs statements as one transaction, again if the database went away in the middle.</summary>
    protected T Transact<T>(Func<Statements, T> work) => Try(connection =>
    {
        using DbTransaction transaction = Begin(connection);
        T result = work(new(connection, transaction));
        transaction.Commit();
        return result;
    });

    /// <summary>Asks without changing anything.</summary>
    protected T Ask<T>(Func<Statements, T> work) => Try(connection => work(new(connection, null)));

    private T Try<T>(Func<DbConnection, T> work)
    {
        DateTime until = DateTime.UtcNow + s_patience;
        while (true)
        {
            lock (_gate)
                try
                {
                    return work(_connection ??= Connect());
                }
                catch (DbException e)
                {
                    Drop();
                    if (!IsPassing(e) || DateTime.UtcNow > until)
                        throw Translated(e);
                }
            Thread.Sleep(s_pause);
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
