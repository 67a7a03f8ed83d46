import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PrimitiveValueListNode,
  type ValueNode,
} from 'kysely'
import { storable } from './storable.ts'

class Guard extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...super.transformValue(node), value: storable(node.value) }
  }
  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...super.transformPrimitiveValueList(node), values: node.values.map(storable) }
  }
}

/** Makes every value one that all databases keep alike, whatever query it stands in. */
export function createGuard(): KyselyPlugin {
  const guard = new Guard()
  return {
    transformQuery: ({ node }) => guard.transformNode(node),
    transformResult: async ({ result }) => result,
  }
}
