using System.Data.Common;

namespace Attractor.Runs;

/// <summary>Statements on one connection, with their values beside them.</summary>
internal readonly struct Statements(DbConnection connection, DbTransaction? transaction)
{
    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using DbCommand command = Of(text, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row; null if there is none.</summary>
    public object? Scalar(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using DbCommand command = Of(text, values);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    /// <summary>All rows.</summary>
    public List<T> Rows<T>(string text, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using DbCommand command = Of(text, values);
        using DbDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private DbCommand Of(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        DbCommand command = connection.CreateCommand();
        // Statements are constants of this program; what comes from elsewhere is a value.
#pragma warning disable CA2100
        command.CommandText = text;
#pragma warning restore CA2100
        command.Transaction = transaction;
        foreach ((string name, object? value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
