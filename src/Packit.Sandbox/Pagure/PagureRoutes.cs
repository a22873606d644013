using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Pagure;

internal static class PagureRoutes
{
    public static void Map(IEndpointRouteBuilder routes, PagureStandIn standIn)
    {
    }
}
