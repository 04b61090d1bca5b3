using System.Reflection;

namespace Attractor.Mutants;

/// <summary>One test with its arguments.</summary>
internal sealed record TestCase(string Id, Type Class, MethodInfo Method, object?[] Arguments)
{
    /// <summary>Runs it.</summary>
    /// <returns>What failed; null of a test that passes.</returns>
    public Exception? Run()
    {
        object? instance = null;
        try
        {
            instance = Method.IsStatic ? null : Activator.CreateInstance(Class);
            if (Method.Invoke(instance, Completed()) is Task task)
                task.GetAwaiter().GetResult();
            return null;
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException ?? e;
        }
        catch (Exception e)
        {
            return e;
        }
        finally
        {
            try
            {
                (instance as IDisposable)?.Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A file that the test has left open.
            }
        }
    }

    // As the attributes of the platform do it: what an argument is not of the type, it is made one; what is left out has its default.
    private object?[] Completed()
    {
        ParameterInfo[] parameters = Method.GetParameters();
        object?[] all = new object?[parameters.Length];
        for (int i = 0; i < all.Length; i++)
        {
            Type type = Nullable.GetUnderlyingType(parameters[i].ParameterType) ?? parameters[i].ParameterType;
            if (i == all.Length - 1 && parameters[i].IsDefined(typeof(ParamArrayAttribute))
                && !type.IsInstanceOfType(Arguments.ElementAtOrDefault(i)))
            {
                Array rest = Array.CreateInstance(type.GetElementType()!, Math.Max(0, Arguments.Length - i));
                for (int j = i; j < Arguments.Length; j++)
                    rest.SetValue(Arguments[j], j - i);
                all[i] = rest;
            }
            else
            {
                object? given = i < Arguments.Length ? Arguments[i] : parameters[i].DefaultValue;
                all[i] = given is null || type.IsInstanceOfType(given) ? given
                    : type.IsEnum ? Enum.ToObject(type, given)
                    : given is IConvertible && type.IsPrimitive
                        ? Convert.ChangeType(given, type, System.Globalization.CultureInfo.InvariantCulture)
                        : given;
            }
        }
        return all;
    }
}
